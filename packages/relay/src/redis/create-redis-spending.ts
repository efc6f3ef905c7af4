import { toUnits, unitsToDecimal } from '../limits/decimal.js'
import type { Spending } from '../limits/spending.js'
import type { RelayUser } from '../relay-options.js'
import type { RedisClient } from './redis-store-options.js'

/** A millionth of a millionth: what Redis counts up to in whole numbers is then 9 million dollars. */
const SCALE = 12

/**
 * Counts what each user has spent in Redis, for all instances, in whole numbers of a 10⁻¹²: exactly. A cost that has more
 * digits is rounded up.
 *
 * @example
 * ```ts
 * import { createRedisSpending } from '@chatstream/relay/redis'
 * import { createClient } from 'redis'
 *
 * const client = createClient().on('error', () => {})
 * const spending = createRedisSpending({ client, limit: '5.00' })
 * ```
 */
export function createRedisSpending({
  client,
  limit,
  prefix = 'chatstream:',
}: {
  readonly client: RedisClient
  readonly limit: string
  readonly prefix?: string
}): Spending<RelayUser> {
  const keyOf = ({ id }: RelayUser): string => `${prefix}spent:${id}`
  return {
    limitOf: () => limit,
    spentBy: async (user) => unitsToDecimal(BigInt((await client.get(keyOf(user))) ?? 0), SCALE),
    async add(user, cost) {
      // As text: a whole number of JavaScript ends at 2⁵³.
      await client.sendCommand(['INCRBY', keyOf(user), String(toUnits(cost, SCALE))])
    },
  }
}
