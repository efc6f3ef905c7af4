import { createHash, timingSafeEqual } from 'node:crypto'
import type { RelayUser } from '@chatstream/relay'
import type { Settings } from './read-settings.js'

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

/** Knows users by their bearer tokens, each given as `name:token`. A server of yours will look into its sessions instead. */
export function createAuthorize({
  RELAY_OPEN,
  RELAY_TOKENS = [],
}: Pick<Settings, 'RELAY_OPEN' | 'RELAY_TOKENS'>): (request: Request) => RelayUser | null {
  const known = RELAY_TOKENS.map((entry) => {
    const colon = entry.indexOf(':')
    return { id: entry.slice(0, colon), token: digest(entry.slice(colon + 1)) }
  })
  return ({ headers }) => {
    const token = digest((headers.get('authorization') ?? '').replace(/^Bearer /i, ''))
    // All of them, and each as a whole: how long it takes tells nothing.
    const user = known.filter((one) => timingSafeEqual(one.token, token))[0]
    if (user !== undefined) return { id: user.id }
    return RELAY_OPEN ? { id: 'anyone' } : null
  }
}
