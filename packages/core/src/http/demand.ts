/**
 * Does the reader at the far end want more? Nothing if it does; else a promise that is kept once it does again. Asked
 * when all that was read has been handed on.
 */
export type Demand = () => Promise<void> | undefined

let present: Demand | undefined

/** The demand of whoever is subscribing at this moment. Captured once, it holds for all attempts of a stream. */
export const presentDemand = (): Demand | undefined => present

/**
 * Subscribes on behalf of a reader that may be slow: a client's stream that is subscribed to meanwhile, through whatever
 * operators, reads from the network only while the reader wants more. For writers of bridges to other kinds of streams.
 *
 * It gets through every operator that subscribes at once (`map`, `filter`, `share`, `merge`, …); a stream that is
 * subscribed to later, as after a timer, reads on without it.
 *
 * @example
 * ```ts
 * import { createChatClient, text, withDemand } from '@chatstream/core'
 *
 * const text$ = createChatClient().stream({ model: 'deepseek-chat', messages: [] }).pipe(text())
 * let wanted: Promise<void> | undefined
 * withDemand(() => wanted, () => text$.subscribe((piece) => console.log(piece)))
 * ```
 */
export function withDemand<T>(demand: Demand, subscribe: () => T): T {
  const outer = present
  present = demand
  try {
    return subscribe()
  } finally {
    present = outer
  }
}
