// Finds or fetches a Chromium, and prints its path; nothing if it is Playwright's own. BROWSER_FROM names the one way to try.
import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium } from 'playwright'
import { root } from './run.mjs'

const { resolve } = createRequire(import.meta.url)
const cache = join(root, 'node_modules/.cache/chromium')
// Without a sandbox, which containers and root do not have: it opens our own pages only.
const launchArguments = ['--no-sandbox', '--disable-gpu', '--disable-quic']

/** A browser counts only when a page really opens in it: one that misses a library exits when it is started. */
async function opens(executablePath) {
  try {
    const browser = await chromium.launch({ executablePath, args: launchArguments, timeout: 20_000 })
    try {
      const page = await browser.newPage()
      return (await page.evaluate('1 + 1')) === 2
    } finally {
      await browser.close()
    }
  } catch {
    return false // then another way is tried, and the last one tells
  }
}

async function fromSystem() {
  const paths = ['chromium', 'chromium-browser', 'google-chrome'].map((name) => `/usr/bin/${name}`)
  for (const path of [process.env.CHROMIUM_PATH, ...paths]) {
    if (path && existsSync(path) && (await opens(path))) return path
  }
  return undefined
}

/** A build for servers, out of an npm package: it needs neither root nor the system's libraries. */
async function fromPackage() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined
  const wrapper = join(cache, 'run.sh')
  if (existsSync(wrapper) && (await opens(wrapper))) return wrapper
  mkdirSync(cache, { recursive: true })
  const unpack = 'const { default: c } = await import(process.argv[1]); console.log(await c.executablePath())'
  const binary = execFileSync(
    process.execPath,
    ['--input-type=module', '-e', unpack, pathToFileURL(resolve('@sparticuz/chromium')).href],
    {
      encoding: 'utf8',
      // It unpacks to TMPDIR, and its own libraries only where it believes to be in a Lambda.
      env: { ...process.env, TMPDIR: cache, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' },
    },
  ).trim()
  // Its own list of fonts names another folder; and without a font no text has a width.
  const fonts = join(cache, 'fonts.conf')
  const folders = ['/usr/share/fonts', join(cache, 'fonts')].map((folder) => `<dir>${folder}</dir>`).join('')
  writeFileSync(
    fonts,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${folders}<cachedir>${join(cache, 'fontcache')}</cachedir></fontconfig>`,
  )
  const quoted = (text) => `'${text.replaceAll("'", `'\\''`)}'`
  const ownLibraries = `export LD_LIBRARY_PATH=${quoted(join(cache, 'al2023/lib'))}\n`
  for (const libraries of ['', ownLibraries]) {
    const start = `export FONTCONFIG_FILE=${quoted(fonts)}\nexec ${quoted(binary)} "$@"\n`
    writeFileSync(wrapper, `#!/bin/sh\n${libraries}${start}`)
    chmodSync(wrapper, 0o755)
    if (await opens(wrapper)) return wrapper
  }
  return undefined
}

async function fromPlaywright() {
  const command = join(dirname(resolve('playwright/package.json')), 'cli.js')
  const { status } = spawnSync(process.execPath, [command, 'install', '--only-shell', 'chromium'], {
    stdio: ['ignore', 2, 2],
  })
  return status === 0 && (await opens(undefined)) ? '' : undefined
}

async function fromApt() {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined
  spawnSync('sh', ['-c', 'apt-get update -q && apt-get install -y --no-install-recommends chromium'], {
    stdio: ['ignore', 2, 2],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
  return (await opens('/usr/bin/chromium')) ? '/usr/bin/chromium' : undefined
}

const ways = { system: fromSystem, package: fromPackage, playwright: fromPlaywright, apt: fromApt }
const only = process.env.BROWSER_FROM
let found
for (const [name, way] of Object.entries(ways)) {
  if (only && only !== name) continue
  try {
    found = await way()
  } catch (error) {
    console.error(`browser: ${name}: ${error.message}`)
  }
  if (found !== undefined) break
}
if (found === undefined) {
  console.error('browser: no Chromium was found, and none could be fetched. Set CHROMIUM_PATH to one.')
  process.exit(1)
}
console.log(found)
