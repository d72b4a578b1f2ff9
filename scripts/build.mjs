// Makes dist/: tsc first, then one bundle by ncc, since ncc cannot read TypeScript 7. Two builds are byte-identical.
import { execFileSync } from 'node:child_process'
import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const stats = join(root, 'build', 'stats.json')

rmSync(join(root, 'build', 'src'), { recursive: true, force: true })
rmSync(join(root, 'dist'), { recursive: true, force: true })
run('node_modules/typescript/bin/tsc', '--project', 'tsconfig.build.json')
const bundle = ['build', 'build/src/index.js', '--out', 'dist', '--stats-out', stats, '--no-cache', '--quiet']
run('node_modules/@vercel/ncc/dist/ncc/cli.js', ...bundle)
// The runner starts post by this file; it loads the same bundle.
copyFileSync(join(root, 'build', 'src', 'post-step.js'), join(root, 'dist', 'post.js'))
writeFileSync(join(root, 'dist', 'licenses.txt'), licences(bundledPackages()))

function run(script, ...args) {
  return execFileSync(process.execPath, [script, ...args], { cwd: root, stdio: 'inherit' })
}

function licences(folders) {
  return folders
    .map((folder) => {
      const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))
      const file = readdirSync(join(root, folder)).find((entry) => /^licen[cs]e(\.\w+)?$/i.test(entry))
      const text =
        file === undefined
          ? ''
          : `\n${readFileSync(join(root, folder, file), 'utf8')
              .replaceAll('\r\n', '\n')
              .trim()}\n`
      return `${name} ${version}\n${license ?? 'licence not named'}\n${text}`
    })
    .join('\n')
}

/** Folders of the packages in the bundle. ncc's own --license writes only those of the last chunk. */
function bundledPackages() {
  const names = JSON.stringify(JSON.parse(readFileSync(stats, 'utf8')).modules).matchAll(
    /node_modules\/(?:@[\w.-]+\/)?[\w.-]+(?:\/node_modules\/(?:@[\w.-]+\/)?[\w.-]+)*(?=\/)/g,
  )
  return [...new Set([...names].map(([name]) => name))].sort()
}
