import { delimiter } from 'node:path'
import { root } from '@chatstream/tooling/run'

const isOurs = ([name]) =>
  /^(npm_(?!config_(registry|cache|userconfig)$)|INIT_CWD|NODE_PATH|TURBO_|CI$)/i.test(name)

/** The environment of somebody who knows nothing of this workspace: no tool of it on the path, no setting of its npm. */
export const strangerEnv = {
  ...Object.fromEntries(Object.entries(process.env).filter((entry) => !isOurs(entry))),
  PATH: process.env.PATH.split(delimiter)
    .filter((folder) => !folder.startsWith(root) && !folder.includes('node_modules'))
    .join(delimiter),
  NEXT_TELEMETRY_DISABLED: '1',
  NUXT_TELEMETRY_DISABLED: '1',
}
