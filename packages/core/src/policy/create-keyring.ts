import { ChatStreamError } from '../errors/chat-stream-error.js'
import { asString } from '../errors/provider-error.js'
import type { ApiKey } from '../http/http-request.js'

export type RefreshApiKey = () => string | Promise<string>

/** The key as one chain of attempts holds it. */
export interface KeyHolder {
  readonly apiKey: () => Promise<string | undefined>
  /** Gets a key in place of the one that was refused. Chains that are refused at the same time share one call. */
  readonly refresh: () => Promise<void>
}

export interface Keyring {
  /** Without `refreshApiKey` a refused key stays refused. */
  readonly canRefresh: boolean
  readonly createHolder: () => KeyHolder
}

/**
 * The key of one client, which all its streams share. A fixed key is replaced for good once it was refreshed; a function
 * is asked anew by each chain of attempts, since it may answer for another user by then.
 */
export function createKeyring(apiKey: ApiKey | undefined, refreshApiKey: RefreshApiKey | undefined): Keyring {
  let refreshing: Promise<void> | undefined
  let last: { readonly refused: string | undefined; readonly key: string } | undefined

  const callRefresh = async (refused: string | undefined): Promise<void> => {
    let cause: unknown
    const key = await Promise.resolve()
      .then(refreshApiKey)
      .then(asString, (error: unknown) => {
        cause = error
      })
    refreshing = undefined
    if (!key) {
      const message = 'The key was refused, and refreshApiKey gave no new one.'
      throw new ChatStreamError('authentication', message, { status: 401, cause })
    }
    last = { refused, key }
  }

  return {
    canRefresh: refreshApiKey !== undefined,
    createHolder() {
      let fresh: string | undefined
      let held: string | undefined
      let known: typeof last
      return {
        async apiKey() {
          known = last
          held = fresh ?? (typeof apiKey === 'function' ? await apiKey() : (last?.key ?? apiKey))
          return held
        },
        async refresh() {
          // Refused when another chain had got a new one meanwhile.
          if (last === known || (typeof apiKey === 'function' && last?.refused !== held)) {
            refreshing ??= callRefresh(held)
            await refreshing
          }
          fresh = last?.key
        },
      }
    },
  }
}
