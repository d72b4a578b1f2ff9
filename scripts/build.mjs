// Makes dist/ from src/ in two steps, each by the tool that can:
//   rolldown  reads the TypeScript and keeps of each package only what is used: ncc takes whole packages, of which EC2's
//             alone is 2 MB and 60 MB of memory for the seven calls made
//   ncc       makes dist/ of the result
// Two builds are byte-identical.
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'

const root = fileURLToPath(new URL('..', import.meta.url))
const bundled = join(root, 'build', 'bundle')
const dist = join(root, 'dist')

rmSync(bundled, { recursive: true, force: true })
rmSync(dist, { recursive: true, force: true })
const modules = await bundle()
const ncc = join('node_modules', '@vercel', 'ncc', 'dist', 'ncc', 'cli.js')
execFileSync(process.execPath, [ncc, 'build', join(bundled, 'index.js'), '--out', dist, '--no-cache', '--quiet'], {
  cwd: root,
  stdio: 'inherit',
})
// The runner starts post by a file of its own; it loads the same bundle.
writeFileSync(join(dist, 'post.js'), "import './index.js'\n")
writeFileSync(join(dist, 'licenses.txt'), licences(modules))

/** @returns the paths of all modules that went in */
async function bundle() {
  const build = await rolldown({
    input: join(root, 'src', 'index.ts'),
    cwd: root,
    platform: 'node',
    // What can be shaken is under `module`; `main` is CommonJS.
    resolve: { mainFields: ['module', 'main'] },
    // The AWS SDK says so of itself; @actions/* does not say, and would bring an HTTP client along.
    treeshake: { moduleSideEffects: false },
  })
  const { output } = await build.write({ dir: bundled })
  await build.close()
  return output.flatMap(({ moduleIds = [] }) => moduleIds)
}

function licences(paths) {
  return packageFolders(paths)
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

/** Folders of the packages that modules come from, a package inside a package included. */
function packageFolders(paths) {
  const names = paths.flatMap((path) => [
    ...path.matchAll(/node_modules\/(?:@[\w.-]+\/)?[\w.-]+(?:\/node_modules\/(?:@[\w.-]+\/)?[\w.-]+)*(?=\/)/g),
  ])
  return [...new Set(names.map(([name]) => name))].sort()
}
