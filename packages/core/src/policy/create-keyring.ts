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

  const callRefresh = async (): Promise<string> => {
    try {
      const key = await refreshApiKey?.()
      if (typeof key === 'string' && key !== '') return key
    } catch (cause) {
      throw new ChatStreamError(
        'authentication',
        'The key was refused, and refreshApiKey failed: see the cause.',
        {
          status: 401,
          cause,
        },
      )
    }
    throw new ChatStreamError(
      'authentication',
      'The key was refused, and refreshApiKey returned no new one.',
      {
        status: 401,
      },
    )
  }

  const replace = async (refused: string | undefined): Promise<string> => {
    // Refused while another chain was already getting the new one.
    if (last !== undefined && last.refused === refused && last.key !== refused) return last.key
    refreshing ??= callRefresh().finally(() => {
      refreshing = undefined
    })
    const key = await refreshing
    last = { refused, key }
    return key
  }

  return {
    canRefresh: refreshApiKey !== undefined,
    createHolder() {
      let fresh: string | undefined
      let held: string | undefined
      return {
        async apiKey() {
          held = fresh ?? (typeof apiKey === 'function' ? await apiKey() : (last?.key ?? apiKey))
          return held
        },
        async refresh() {
          fresh = await replace(held)
        },
      }
    },
  }
}
