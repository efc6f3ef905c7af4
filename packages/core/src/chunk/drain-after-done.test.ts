import { describe, it } from 'vitest'
import { inVirtualTime } from '../../test/in-virtual-time.js'
import { drainAfterDone } from './drain-after-done.js'
import type { Frame } from './parse-chunks.js'

const frames: Record<string, Frame> = {
  a: { type: 'chunk', chunk: { a: 1 } },
  b: { type: 'chunk', chunk: { b: 1 } },
  d: { type: 'done' },
  c: { type: 'cost', cost: { cost: '1' } },
  k: { type: 'comment', comment: 'keep-alive' },
}

/** Marbles: what comes, when it is unsubscribed from, and what goes on, with a grace of 5 ms. */
const passes = (source: string, subscription: string, result: string): void => {
  inVirtualTime((run) => {
    const source$ = run.cold(source, frames)
    run.expectObservable(source$.pipe(drainAfterDone(5))).toBe(result, frames)
    run.expectSubscriptions(source$.subscriptions).toBe(subscription)
  })
}

describe('drainAfterDone', () => {
  it('passes everything on until the source ends', () => {
    passes(
      '-a-b-k-d-c-|',
      '^----------!',
      '-a-b-k-d-c-|', //
    )
  })

  it('ends with the source, without waiting out the grace', () => {
    passes(
      '-a-d|',
      '^---!',
      '-a-d|', //
    )
  })

  it('completes when the grace is over, and unsubscribes', () => {
    passes(
      '-a-d----------a',
      '^-------!',
      '-a-d----|', //
    )
  })

  it('takes what comes within the grace, and nothing later', () => {
    passes(
      '-d---c--k--|',
      '^-----!',
      '-d---c|', //
    )
  })

  it('does not start the grace anew with each comment', () => {
    passes(
      '-d-k-k-k-k-k',
      '^-----!',
      '-d-k-k|', //
    )
  })

  it('starts no clock before [DONE]', () => {
    passes(
      '-a 60s b 60s d-|',
      '^- 60s - 60s --!',
      '-a 60s b 60s d-|', //
    )
  })

  it('completes if the connection breaks in the grace: the answer is whole', () => {
    passes(
      '-a-d-#',
      '^----!',
      '-a-d-|', //
    )
  })

  it('passes an error before [DONE] on', () => {
    passes(
      '-a-#',
      '^--!',
      '-a-#', //
    )
  })

  it('unsubscribes from the source when its subscriber leaves in the grace', () => {
    inVirtualTime((run) => {
      const source$ = run.cold('-d-----', frames)
      run.expectObservable(source$.pipe(drainAfterDone(5)), '^--!').toBe('-d--', frames)
      run.expectSubscriptions(source$.subscriptions).toBe('^--!')
    })
  })

  it('counts for each subscription anew', () => {
    inVirtualTime((run) => {
      const drained$ = run.cold('-d-#', frames).pipe(drainAfterDone(5))
      run.expectObservable(drained$).toBe('-d-|', frames)
      run.expectObservable(run.cold('#', frames).pipe(drainAfterDone(5))).toBe('#')
      run.expectObservable(drained$, '----^').toBe('-----d-|', frames)
    })
  })
})
