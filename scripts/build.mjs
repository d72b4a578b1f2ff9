// Makes dist/ from src/ in two steps, each by the tool that can:
//   rolldown  reads the TypeScript and keeps of each package only what is used: ncc takes whole packages, of which EC2's
//             alone is 2 MB and 60 MB of memory for the seven calls made
//   ncc       makes dist/ of the result
// Two builds are byte-identical.
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'

const root = fileURLToPath(new URL('..', import.meta.url))
const bundled = join(root, 'build', 'bundle')
const dist = join(root, 'dist')

rmSync(bundled, { recursive: true, force: true })
rmSync(dist, { recursive: true, force: true })
const modules = await bundle()
const ncc = join('node_modules', '@vercel', 'ncc', 'dist', 'ncc', 'cli.js')
const stats = join(root, 'build', 'ncc.json')
const options = ['--out', dist, '--no-cache', '--quiet', '--stats-out', stats]
execFileSync(process.execPath, [ncc, 'build', join(bundled, 'index.js'), ...options], { cwd: root, stdio: 'inherit' })
nameLaterFiles(JSON.parse(readFileSync(stats, 'utf8')).chunks)
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
  const { output } = await build.write({
    dir: bundled,
    chunkFileNames,
    // Else ncc would put what several sources of credentials share into the file of each.
    codeSplitting: { groups: [{ name: 'config', test: /@smithy\/core\/dist-es\/submodules\/config\// }] },
    // They are 100 kB for every runner to download and to parse; src/ has them.
    comments: { jsdoc: false },
  })
  await build.close()
  return output.flatMap(({ moduleIds = [] }) => moduleIds)
}

/** As rolldown has it, after the module that needs the others; but the entry of a package is named after the package. */
function chunkFileNames({ name, moduleIds }) {
  const entry = moduleIds.findLast((id) => id.endsWith('/dist-es/index.js'))
  return `${name === 'dist-es' && entry !== undefined ? basename(join(entry, '..', '..')) : name}.js`
}

/** ncc numbers the files that are loaded later. @param chunks as webpack describes them */
function nameLaterFiles(chunks) {
  const later = chunks.filter(({ initial }) => !initial)
  const names = Object.fromEntries(later.map(({ id, modules }) => [id, basename(largest(modules).name)]))
  for (const [id, name] of Object.entries(names)) renameSync(join(dist, `${id}.index.js`), join(dist, name))
  const index = join(dist, 'index.js')
  const [before, after, ...more] = readFileSync(index, 'utf8').split('"" + chunkId + ".index.js"')
  const isKnown = after !== undefined && more.length === 0 && new Set(Object.values(names)).size === later.length
  if (!isKnown) throw new Error('ncc names the files of dist/ in another way than scripts/build.mjs expects')
  writeFileSync(index, `${before}${JSON.stringify(names)}[chunkId]${after}`)
}

function largest(modules) {
  return modules.reduce((one, other) => (other.size > one.size ? other : one))
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
