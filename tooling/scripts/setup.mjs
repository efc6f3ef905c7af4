// Installs the workspace if what is installed is not what the lockfile says. Needs nothing but Node and npm.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

const read = (path) => {
  try {
    return readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
  } catch {
    return undefined
  }
}

// pnpm keeps a copy of the lockfile that it installed from.
if (read('node_modules/.pnpm/lock.yaml') !== read('pnpm-lock.yaml')) {
  const { packageManager } = JSON.parse(read('package.json'))
  console.error(`Installing with ${packageManager} (once) …`)
  const { status } = spawnSync(
    'npx',
    ['--yes', '--loglevel=error', packageManager, 'install', '--frozen-lockfile', '--prefer-offline'],
    { stdio: ['ignore', 2, 2], shell: process.platform === 'win32' },
  )
  if (status !== 0) process.exit(status ?? 1)
}
