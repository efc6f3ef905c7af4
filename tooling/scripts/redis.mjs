// Finds a Redis server, or installs one where that is possible without asking.
import { spawnSync } from 'node:child_process'

const find = () => {
  for (const path of [process.env.REDIS_PATH, 'redis-server', 'valkey-server']) {
    if (path && spawnSync(path, ['--version']).status === 0) return path
  }
}

const install = () => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return
  const command = 'apt-get'
  const apt = (...args) =>
    spawnSync(command, args, {
      stdio: ['ignore', 2, 2],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status === 0
  const packages = ['install', '-y', '-q', '--no-install-recommends', 'redis-server']
  if (!apt(...packages)) apt('update', '-q') && apt(...packages)
  return find()
}

/** The path of a server that starts; nothing if there is none, and none can be had. */
export const findRedis = () => find() ?? install()
