import { concat, defer, of, takeWhile, throwError } from 'rxjs'
import { describe, expect, it, vi } from 'vitest'
import { collect } from '../../test/collect.js'
import { attemptFailed, events, refused, unavailable } from '../../test/event-marbles.js'
import { inVirtualTime } from '../../test/in-virtual-time.js'
import { recover } from './recover.js'

const values = { ...events, x: attemptFailed(unavailable) }

describe('recover', () => {
  it('passes a good answer on', () => {
    inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const next$ = cold('-t|', values)
      const recovered$ = cold('s-r-t-d|', values).pipe(recover(() => ({ retryInMs: 0, next$ })))
      expectObservable(recovered$).toBe('s-r-t-d|', values)
      expectSubscriptions(next$.subscriptions).toBe([])
    })
  })

  it.each([
    ['nothing but its start', 's-#'],
    ['headers', 's-r-#'],
    ['comments', 's-rk#'],
    ['usage', 's-ru#'],
  ])('tells of the failure, and goes on, after %s', (_, source) => {
    inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold(source, values, unavailable)
      const next$ = cold('-S-t-d|', values)
      const decide = vi.fn(() => ({ retryInMs: 0, next$ }))
      expectObservable(source$.pipe(recover(decide))).toBe(source.replace('#', 'xS-t-d|'), values)
      const failsAt = source.indexOf('#')
      expectSubscriptions(source$.subscriptions).toBe(`^${'-'.repeat(failsAt - 1)}!`)
      expectSubscriptions(next$.subscriptions).toBe(`${'-'.repeat(failsAt)}^-----!`)
    })
  })

  it.each(['t', 'z', 'f', 'c', 'e'])('sends nothing again once content has come: %s', (content) => {
    inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const next$ = cold('-S-t-d|', values)
      const source$ = cold(`sr${content}-#`, values, unavailable)
      expectObservable(source$.pipe(recover(() => ({ retryInMs: 0, next$ })))).toBe(
        `sr${content}-#`,
        values,
        unavailable,
      )
      expectSubscriptions(next$.subscriptions).toBe([])
    })
  })

  it('says that the text is void, and goes on, if a restart was asked for', () => {
    inVirtualTime(({ cold, expectObservable }) => {
      const next$ = cold('-----S-t|', values)
      const source$ = cold('s-rt-#', values, unavailable)
      expectObservable(source$.pipe(recover(() => ({ retryInMs: 0, next$ }), { restart: true }))).toBe(
        's-rt-(xv)-S-t|',
        values,
      )
    })
  })

  it('says so only where there was text, restart or not', () => {
    inVirtualTime(({ cold, expectObservable }) => {
      const next$ = cold('-S|', values)
      const source$ = cold('s-r-#', values, unavailable)
      expectObservable(source$.pipe(recover(() => ({ retryInMs: 0, next$ }), { restart: true }))).toBe(
        's-r-xS|',
        values,
      )
    })
  })

  it('counts as empty what a recovery inside it has made void', () => {
    inVirtualTime(({ cold, expectObservable }) => {
      const source$ = cold('srtxvS#', values, unavailable)
      const next$ = cold('-t|', values)
      const failed = attemptFailed(unavailable, 0, events.S)
      expectObservable(source$.pipe(recover(() => ({ retryInMs: 0, next$ })))).toBe('srtxvSyt|', {
        ...values,
        y: failed,
      })
    })
  })

  it('tells the error that is not decided on, and one that is none of ours', () => {
    const decide = vi.fn(() => undefined)
    expect(
      collect(
        concat(
          of(events.s),
          throwError(() => refused),
        ).pipe(recover(decide)),
      ),
    ).toMatchObject({
      values: [events.s],
      error: refused,
    })
    expect(decide).toHaveBeenCalledWith(refused)
    const foreign = new Error('mine')
    expect(
      collect(
        concat(
          of(events.s),
          throwError(() => foreign),
        ).pipe(recover(decide)),
      ).error,
    ).toBe(foreign)
    expect(decide).toHaveBeenCalledTimes(1)
  })

  it('tells how what follows ends, and does not catch that', () => {
    inVirtualTime(({ cold, expectObservable }) => {
      const next$ = cold('-S-#', values, refused)
      const recovered$ = cold('s#', values, unavailable).pipe(recover(() => ({ retryInMs: 0, next$ })))
      expectObservable(recovered$).toBe('sxS-#', values, refused)
    })
  })

  it('lets go of what follows when its subscriber leaves', () => {
    inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const next$ = cold('-S-----', values)
      const recovered$ = cold('s#', values, unavailable).pipe(recover(() => ({ retryInMs: 0, next$ })))
      expectObservable(recovered$, '^---!').toBe('sxS--', values)
      expectSubscriptions(next$.subscriptions).toBe('-^--!')
    })
  })

  it('does not go on if its subscriber leaves when it hears of the failure', () => {
    const next = vi.fn(() => of(events.t))
    concat(
      of(events.s),
      throwError(() => unavailable),
    )
      .pipe(
        recover(() => ({ retryInMs: 0, next$: defer(next) })),
        takeWhile(({ type }) => type !== 'attempt-failed'),
      )
      .subscribe()
    expect(next).not.toHaveBeenCalled()
  })

  it('remembers nothing of an earlier subscription', () => {
    inVirtualTime(({ cold, hot, expectObservable }) => {
      // The first subscriber sees text, the second one joins after it.
      const source$ = hot('srt-S-#', values, unavailable)
      const next$ = cold('-t|', values)
      const recovered$ = source$.pipe(recover(() => ({ retryInMs: 0, next$ })))
      expectObservable(recovered$).toBe('srt-S-#', values, unavailable)
      expectObservable(recovered$, '---^').toBe('----S-yt|', {
        ...values,
        y: attemptFailed(unavailable, 0, events.S),
      })
    })
  })
})
