import type { RelayUser } from '../relay-options.js'
import { addDecimals } from './decimal.js'
import type { Spending } from './spending.js'

/**
 * Counts what each user has spent in the memory of this process, from the cost lines; above the limit nothing more is asked.
 *
 * @example
 * ```ts
 * import { createMemorySpending, createRelay } from '@chatstream/relay'
 *
 * const relay = createRelay({
 *   apiKey: 'KEY',
 *   authorize: (request) => ({ id: request.headers.get('x-user') ?? 'anyone' }),
 *   spending: createMemorySpending({ limit: '5.00' }),
 * })
 * ```
 */
export function createMemorySpending({ limit }: { readonly limit: string }): Spending<RelayUser> {
  const spent = new Map<string, string>()
  return {
    limitOf: () => limit,
    spentBy: ({ id }) => spent.get(id) ?? '0',
    add(user, cost) {
      spent.set(user.id, addDecimals(spent.get(user.id) ?? '0', cost))
    },
  }
}
