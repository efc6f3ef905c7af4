import { ChatStreamError } from '../errors/chat-stream-error.js'
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
  let refreshing: Promise<string> | undefined
  let last: { readonly refused: string | undefined; readonly key: string } | undefined
  let refreshes = 0

  const callRefresh = async (): Promise<string> => {
    let cause: unknown
    try {
      const key = await refreshApiKey?.()
      if (typeof key === 'string' && key !== '') return key
    } catch (error) {
      cause = error
    }
    const message = `The key was refused, and refreshApiKey ${cause === undefined ? 'returned no new one' : 'failed: see the cause'}.`
    throw new ChatStreamError('authentication', message, { status: 401, cause })
  }

  /** @param since how many refreshes there had been when the chain got the key that was refused. */
  const replace = (refused: string | undefined, since: number): Promise<string> => {
    // Refused while another chain was already getting the new one.
    const isSame = typeof apiKey !== 'function' || last?.refused === refused
    if (last !== undefined && refreshes > since && isSame && last.key !== refused)
      return Promise.resolve(last.key)
    refreshing ??= callRefresh()
      .then((key) => {
        refreshes++
        last = { refused, key }
        return key
      })
      .finally(() => {
        refreshing = undefined
      })
    return refreshing
  }

  return {
    canRefresh: refreshApiKey !== undefined,
    createHolder() {
      let fresh: string | undefined
      let held: string | undefined
      let since = 0
      return {
        async apiKey() {
          since = refreshes
          held = fresh ?? (typeof apiKey === 'function' ? await apiKey() : (last?.key ?? apiKey))
          return held
        },
        async refresh() {
          fresh = await replace(held, since)
        },
      }
    },
  }
}
