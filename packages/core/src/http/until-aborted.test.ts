import { NEVER, of, Subject } from 'rxjs'
import { describe, expect, it, vi } from 'vitest'
import { collect } from '../../test/collect.js'
import { untilAborted } from './until-aborted.js'

describe('untilAborted', () => {
  it('completes, without an error, when the signal aborts, and unsubscribes', () => {
    const controller = new AbortController()
    const source$ = new Subject<number>()
    const seen = collect(source$.pipe(untilAborted(controller.signal)))
    source$.next(1)
    controller.abort(new Error('any reason'))
    expect(seen).toEqual({ values: [1], error: undefined, end: 'complete' })
    expect(source$.observed).toBe(false)
  })

  it('does not subscribe at all if the signal has aborted already', () => {
    const source$ = new Subject<number>()
    const subscribe = vi.spyOn(source$, 'subscribe')
    expect(collect(source$.pipe(untilAborted(AbortSignal.abort()))).end).toBe('complete')
    expect(subscribe).not.toHaveBeenCalled()
  })

  it('looks at the signal when it is subscribed to, not before', () => {
    const controller = new AbortController()
    const stream$ = NEVER.pipe(untilAborted(controller.signal))
    controller.abort()
    expect(collect(stream$).end).toBe('complete')
  })

  it('leaves no listener behind', () => {
    const { signal } = new AbortController()
    const remove = vi.spyOn(signal, 'removeEventListener')
    const add = vi.spyOn(signal, 'addEventListener')
    collect(of(1).pipe(untilAborted(signal)))
    NEVER.pipe(untilAborted(signal)).subscribe().unsubscribe()
    expect(add).toHaveBeenCalledTimes(2)
    expect(remove).toHaveBeenCalledTimes(2)
  })
})
