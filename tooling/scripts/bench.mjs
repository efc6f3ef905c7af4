// Measures what chatstream costs beside other libraries: see docs/performance.md. Installs those at their newest versions,
// and a newer Node if this one is too old for them, into tooling/benchmarks/dist, where nothing else looks.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root, run, runOrExit } from './run.mjs'

const OLDEST_NODE = 22
const folder = join(root, 'tooling/benchmarks')
const dist = join(folder, 'dist')
const peers = JSON.parse(readFileSync(join(folder, 'peers.json'), 'utf8'))
const isOld = Number(process.versions.node.split('.')[0]) < OLDEST_NODE

const dependencies = { ...peers.dependencies, ...(isOld && { node: '24' }) }
const manifest = `${JSON.stringify({ ...peers, dependencies }, null, 2)}\n`
const manifestPath = join(dist, 'package.json')
if (!existsSync(manifestPath) || readFileSync(manifestPath, 'utf8') !== manifest) {
  console.error('Installing the libraries to compare with (once) …')
  mkdirSync(dist, { recursive: true })
  writeFileSync(manifestPath, manifest)
  const { status } = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: dist,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  })
  if (status !== 0) {
    rmSync(manifestPath) // to be tried again
    process.exit(status ?? 1)
  }
}

runOrExit('turbo', ['run', 'build', '--filter=./packages/*', '--output-logs=errors-only'], { quiet: true })
runOrExit('tsc', ['-p', join(folder, 'tsconfig.build.json')], { quiet: true })
const node = isOld ? join(dist, 'node_modules/node/bin/node') : process.execPath
process.exitCode = run(node, [join(dist, 'main.js'), ...process.argv.slice(2)])
// Its tables are formatted as the rest of the repository is.
run('biome', ['format', '--write', 'docs/performance.md', 'docs/performance'], { quiet: true })
