// Makes dist/ from src/ in three steps, each by the tool that can:
//   tsc       TypeScript 7 to JavaScript, which ncc cannot read
//   rolldown  leaves of the AWS SDK what src/aws/sdk/ names, and of @actions/* what src/github/toolkit/ does: ncc takes
//             whole packages, of which EC2's alone is 2 MB and 60 MB of memory for the seven calls made
//   ncc       one bundle
// Two builds are byte-identical.
import { execFileSync } from 'node:child_process'
import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'

const root = fileURLToPath(new URL('..', import.meta.url))
const compiled = join(root, 'build', 'bundle')
const dist = join(root, 'dist')

rmSync(compiled, { recursive: true, force: true })
rmSync(dist, { recursive: true, force: true })
run('node_modules/typescript/bin/tsc', '--project', 'tsconfig.build.json')
const shaken = await shake('aws/sdk', 'github/toolkit')
const bundled = bundle(join(compiled, 'index.js'))
// The runner starts post by this file; it loads the same bundle.
copyFileSync(join(compiled, 'post-step.js'), join(dist, 'post.js'))
writeFileSync(join(dist, 'licenses.txt'), licences([...shaken, ...bundled]))

function run(script, ...args) {
  return execFileSync(process.execPath, [script, ...args], { cwd: root, stdio: 'inherit' })
}

/** Bundles the modules of some folders in place. @returns the paths of what went in */
async function shake(...folders) {
  const files = folders.flatMap((folder) => readdirSync(join(compiled, folder)).map((file) => `${folder}/${file}`))
  const bundle = await rolldown({
    input: Object.fromEntries(files.map((file) => [file.replace(/\.js$/, ''), join(compiled, file)])),
    cwd: root,
    platform: 'node',
    // What can be shaken is under `module`; `main` is CommonJS.
    resolve: { mainFields: ['module', 'main'] },
    // The AWS SDK says so of itself; @actions/* does not say, and would bring an HTTP client along.
    treeshake: { moduleSideEffects: false },
  })
  const { output } = await bundle.write({ dir: compiled, chunkFileNames: 'packages/[name].js' })
  await bundle.close()
  return output.flatMap(({ moduleIds }) => moduleIds)
}

/** @returns the paths of what went in */
function bundle(entry) {
  const stats = join(root, 'build', 'bundle', 'stats.json')
  run(
    'node_modules/@vercel/ncc/dist/ncc/cli.js',
    'build',
    entry,
    '--out',
    dist,
    '--stats-out',
    stats,
    '--no-cache',
    '--quiet',
  )
  return [JSON.stringify(JSON.parse(readFileSync(stats, 'utf8')).modules)]
}

function licences(texts) {
  return packageFolders(texts)
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

/** Folders of the packages that texts name paths of. ncc's own --license writes only those of the last chunk. */
function packageFolders(texts) {
  const names = texts.flatMap((text) => [
    ...text.matchAll(/node_modules\/(?:@[\w.-]+\/)?[\w.-]+(?:\/node_modules\/(?:@[\w.-]+\/)?[\w.-]+)*(?=\/)/g),
  ])
  return [...new Set(names.map(([name]) => name))].sort()
}
