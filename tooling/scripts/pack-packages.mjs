// Makes the tarballs that would be published.
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { env, root } from './run.mjs'

/** Packs every package into a folder; tells of each its name, its folder in the workspace, and its tarball. */
export const packPackages = (folder) => {
  const text = execFileSync(
    'pnpm',
    ['--recursive', '--filter', './packages/*', 'pack', '--json', '--pack-destination', folder],
    { cwd: root, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 2 ** 26 },
  )
  return JSON.parse(text).map(({ name, filename }) => ({
    name,
    folder: join(root, 'packages', name.replace('@chatstream/', '')),
    tarball: filename,
  }))
}
