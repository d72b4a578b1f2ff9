/**
 * Draws the example summaries as GitHub shows them, with a real markdown parser and real mermaid in Chromium, and checks
 * what the page became: no script, no foreign link, no diagram that fails, nothing wider than the page.
 *
 *   npm run pictures [-- name…]
 *
 * Pictures go to build/summaries; without a name, that of a run of three databases goes to docs/summary-light.png and
 * docs/summary-dark.png as well. CHROMIUM names the browser, /usr/bin/chromium by default; OPEN=yes unfolds everything.
 */
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { examples } from './examples.ts'

const chromium = process.env.CHROMIUM ?? '/usr/bin/chromium'
const tool = resolve('scripts/render-summary/node_modules')
const pictures = resolve('build/summaries')
/** The example of README. */
const SHOWN = 'failed'
const THEMES = ['light', 'dark'] as const
/** Width of a job summary on GitHub in a window of usual size. */
const WIDTH = 1012

/**
 * What the page makes of itself, written into its title for us to read. GitHub's sanitizer is left out on purpose:
 * what we write must be harmless without it.
 */
const IN_PAGE = `
const md = markdownit({ html: true, linkify: true })
const article = document.querySelector('article')
article.innerHTML = md.render(JSON.parse(document.querySelector('#source').textContent))
const failed = []
mermaid.initialize({ startOnLoad: false, theme: document.body.dataset.theme === 'dark' ? 'dark' : 'default' })
const draw = async () => {
  let index = 0
  for (const block of article.querySelectorAll('pre > code.language-mermaid')) {
    const { svg } = await mermaid.render('chart' + index++, block.textContent).catch((error) => {
      failed.push(String(error)); return { svg: '' }
    })
    const figure = document.createElement('div')
    figure.innerHTML = svg
    block.parentElement.replaceWith(figure)
  }
  for (const fold of article.querySelectorAll('details')) if (document.body.dataset.open === 'yes') fold.open = true
  document.title = JSON.stringify({
    height: Math.ceil(article.getBoundingClientRect().height) + 24,
    overflow: article.scrollWidth > article.clientWidth,
    scripts: article.querySelectorAll('script, iframe, object, img, form, style:not(svg style)').length,
    handlers: [...article.querySelectorAll('*')].filter((node) => [...node.attributes].some(({ name }) => name.startsWith('on'))).length,
    links: [...article.querySelectorAll('a')].map((node) => node.href),
    failed,
  })
}
draw()
`

main()

function main(): void {
  if (!existsSync(tool)) throw new Error('Run it by: npm run pictures')
  const asked = process.argv.slice(2)
  const scratch = mkdtempSync(join(tmpdir(), 'render-summary-'))
  mkdirSync(pictures, { recursive: true })
  try {
    const wrong = Object.entries(examples)
      .filter(([name]) => asked.length === 0 || asked.includes(name))
      .flatMap(([name, markdown]) => {
        writeFileSync(join(pictures, `${name}.md`), markdown)
        return THEMES.flatMap((theme) => renderOne(scratch, name, markdown, theme))
      })
    for (const line of wrong) console.error(line)
    if (wrong.length > 0) process.exitCode = 1
    else if (asked.length === 0)
      for (const theme of THEMES) copyFileSync(join(pictures, `${SHOWN}-${theme}.png`), `docs/summary-${theme}.png`)
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

type Theme = (typeof THEMES)[number]

function renderOne(scratch: string, name: string, markdown: string, theme: Theme): readonly string[] {
  const file = join(scratch, `${name}-${theme}.html`)
  writeFileSync(file, page(markdown, theme, process.env.OPEN === 'yes'))
  const seen = look(scratch, file)
  const picture = join(pictures, `${name}-${theme}.png`)
  browse(scratch, file, [`--screenshot=${picture}`, `--window-size=${WIDTH},${Math.min(seen.height, 6000)}`])
  const wrong = complaints(seen).map((complaint) => `${name} (${theme}) ${complaint}`)
  console.log(
    `${name} ${theme}: ${Buffer.byteLength(markdown)} bytes of markdown, ${seen.height} px high, ${wrong.length} complaints`,
  )
  return wrong
}

function page(markdown: string, theme: Theme, open: boolean): string {
  return `<!doctype html>
<meta charset="utf-8">
<link rel="stylesheet" href="${asset(`github-markdown-css/github-markdown-${theme}.css`)}">
<style>body { margin: 0; background: ${theme === 'dark' ? '#0d1117' : '#ffffff'} } article { padding: 12px 24px; box-sizing: border-box; width: ${WIDTH}px }</style>
<body data-theme="${theme}" data-open="${open ? 'yes' : 'no'}">
<article class="markdown-body"></article>
<script type="application/json" id="source">${JSON.stringify(markdown).replace(/</g, '\\u003c')}</script>
<script src="${asset('markdown-it/dist/browser/markdown-it.umd.min.js')}"></script>
<script src="${asset('mermaid/dist/mermaid.min.js')}"></script>
<script>${IN_PAGE}</script>`
}

function asset(path: string): string {
  return pathToFileURL(join(tool, path)).href
}

interface Seen {
  readonly height: number
  readonly overflow: boolean
  readonly scripts: number
  readonly handlers: number
  readonly links: readonly string[]
  readonly failed: readonly string[]
}

function look(scratch: string, file: string): Seen {
  const title = /<title>([\s\S]*?)<\/title>/.exec(
    browse(scratch, file, ['--dump-dom', `--window-size=${WIDTH},900`]),
  )?.[1]
  if (!title) throw new Error(`${file}: the page did not finish`)
  return JSON.parse(decoded(title)) as Seen
}

function browse(scratch: string, file: string, options: readonly string[]): string {
  const profile = mkdtempSync(join(scratch, 'profile-'))
  const { stdout, status, error } = spawnSync(
    chromium,
    [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--hide-scrollbars',
      '--virtual-time-budget=20000',
      `--user-data-dir=${profile}`,
      ...options,
      pathToFileURL(file).href,
    ],
    {
      encoding: 'utf8',
      maxBuffer: 256 * 1024 * 1024, // Far from UTC, in which all times of a summary are.
      env: { ...process.env, TZ: 'America/New_York' },
    },
  )
  if (error || status !== 0) throw new Error(`${chromium} failed: ${error?.message ?? `exit code ${status}`}`)
  return stdout
}

function decoded(html: string): string {
  return html
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')
}

function complaints(seen: Seen): readonly string[] {
  return [
    ...(seen.overflow ? ['is wider than the page'] : []),
    ...(seen.scripts > 0 ? [`holds ${seen.scripts} elements that it should not`] : []),
    ...(seen.handlers > 0 ? [`holds ${seen.handlers} event handlers`] : []),
    ...seen.links
      .filter((url) => !/^https:\/\/[^/]*\.?console\.aws\.amazon\.com\//.test(url))
      .map((url) => `links to ${url}`),
    ...seen.failed.map((error) => `has a diagram that fails: ${error}`),
  ]
}
