/**
 * How much a user may spend in all, and has spent. Amounts are decimal strings. An answer without a cost line, as one that
 * was broken off, adds nothing.
 */
export interface Spending<User> {
  /** Nothing: no limit. */
  readonly limitOf: (user: User) => string | undefined | Promise<string | undefined>
  readonly spentBy: (user: User) => string | Promise<string>
  readonly add: (user: User, cost: string) => void | Promise<void>
}
