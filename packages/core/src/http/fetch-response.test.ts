import { NEVER, of, throwError } from 'rxjs'
import { describe, expect, it, vi } from 'vitest'
import { collect, settled } from '../../test/collect.js'
import { responseOf } from '../../test/respond-with.js'
import { type Fetch, fetchResponse } from './fetch-response.js'
import { readBody } from './read-body.js'

const request = { url: 'https://host.example/v1/chat/completions', init: { method: 'POST', body: '{}' } }

/** A fetch that is answered by hand, and notes the signals it was given. */
const controlledFetch = () => {
  const signals: AbortSignal[] = []
  let answer: (response: Response) => void = () => {}
  const fetch = vi.fn<Fetch>((_url, init) => {
    if (init.signal) signals.push(init.signal)
    return new Promise((resolve) => {
      answer = resolve
    })
  })
  return { fetch, signals, answer: (response: Response) => answer(response) }
}

describe('fetchResponse', () => {
  it('sends nothing before it is subscribed to, and one request for each subscription', () => {
    const { fetch } = controlledFetch()
    const response$ = fetchResponse(request, fetch, () => NEVER)
    expect(fetch).not.toHaveBeenCalled()
    collect(response$)
    collect(response$)
    expect(fetch).toHaveBeenCalledTimes(2)
    expect(fetch).toHaveBeenCalledWith(request.url, { ...request.init, signal: expect.any(AbortSignal) })
  })

  it('hands the response to its reader, and passes on what that makes of it', async () => {
    const response = responseOf([])
    const read = vi.fn(() => of(1, 2))
    const seen = await settled(fetchResponse(request, async () => response, read))
    expect(read).toHaveBeenCalledExactlyOnceWith(response, expect.any(Function))
    expect(seen).toEqual({ values: [1, 2], error: undefined, end: 'complete' })
  })

  it('passes on what the reader errors with, or throws', async () => {
    const broken = new Error('broken')
    const thrown = () => {
      throw broken
    }
    for (const read of [() => throwError(() => broken), thrown]) {
      expect((await settled(fetchResponse(request, async () => responseOf([]), read))).error).toBe(broken)
    }
  })

  it('aborts before the response is there, when the subscriber leaves', () => {
    const { fetch, signals } = controlledFetch()
    const subscription = fetchResponse(request, fetch, () => NEVER).subscribe()
    expect(signals[0]?.aborted).toBe(false)
    subscription.unsubscribe()
    expect(signals[0]?.aborted).toBe(true)
  })

  it('aborts while the response is read, when the subscriber leaves', async () => {
    const { fetch, signals, answer } = controlledFetch()
    const read = vi.fn(() => NEVER)
    const subscription = fetchResponse(request, fetch, read).subscribe()
    answer(responseOf([]))
    await vi.waitFor(() => expect(read).toHaveBeenCalled())
    expect(signals[0]?.aborted).toBe(false)
    subscription.unsubscribe()
    expect(signals[0]?.aborted).toBe(true)
  })

  it('does not abort what has been read to its end', async () => {
    const { fetch, signals, answer } = controlledFetch()
    const seen = settled(
      fetchResponse(request, fetch, (response, ended) => readBody(response, undefined, undefined, ended)),
    )
    answer(responseOf(['a', 'b']))
    expect((await seen).end).toBe('complete')
    expect(signals[0]?.aborted).toBe(false)
  })

  it('cancels the body of a response that comes too late', async () => {
    const { fetch, answer } = controlledFetch()
    const read = vi.fn(() => NEVER)
    fetchResponse(request, fetch, read).subscribe().unsubscribe()
    const cancelled = new Promise<void>((resolve) => {
      answer(new Response(new ReadableStream({ cancel: () => resolve() })))
    })
    await cancelled
    expect(read).not.toHaveBeenCalled()
  })

  it('says `network` if no response comes, and names the host and the deepest reason', async () => {
    const cause = new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED 127.0.0.1:1') })
    const { error } = await settled(
      fetchResponse(
        request,
        () => Promise.reject(cause),
        () => NEVER,
      ),
    )
    expect(error).toMatchObject({
      name: 'ChatStreamError',
      kind: 'network',
      message: 'No answer from host.example: connect ECONNREFUSED 127.0.0.1:1',
      retryable: true,
      cause,
    })
  })

  it.each([
    [new TypeError('offline'), /: offline$/],
    [new Error(''), /: Error$/],
    ['a string', /: a string$/],
    [undefined, /: undefined$/],
  ])('says `network` whatever fetch rejects with', async (cause, message) => {
    const { error } = await settled(
      fetchResponse(
        request,
        () => Promise.reject(cause),
        () => NEVER,
      ),
    )
    expect(error).toMatchObject({ kind: 'network', message: expect.stringMatching(message) })
  })

  it('says `network` if fetch throws', async () => {
    const thrown: Fetch = () => {
      throw new Error('bad port')
    }
    expect((await settled(fetchResponse(request, thrown, () => NEVER))).error).toMatchObject({
      kind: 'network',
    })
  })

  it('keeps an abort by its subscriber to itself', async () => {
    const rejecting: Fetch = (_url, { signal }) =>
      new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => reject(signal.reason))
      })
    const error = vi.fn()
    fetchResponse(request, rejecting, () => NEVER)
      .subscribe({ error })
      .unsubscribe()
    await Promise.resolve()
    expect(error).not.toHaveBeenCalled()
  })
})
