import { take } from 'rxjs'
import { describe, expect, it } from 'vitest'
import { collect, settled } from '../../test/collect.js'
import { bytesOf } from '../../test/cut-bytes.js'
import { responseOf } from '../../test/respond-with.js'
import { readBody } from './read-body.js'

describe('readBody', () => {
  it('gives the chunks of the body as they come, and then completes', async () => {
    const seen = await settled(readBody(responseOf(['a', 'b'])))
    expect(seen).toEqual({ values: [bytesOf('a'), bytesOf('b')], error: undefined, end: 'complete' })
  })

  it('completes at once if there is no body', () => {
    expect(collect(readBody(new Response(null, { status: 204 }))).end).toBe('complete')
  })

  it('says `network`, with the cause, if the body breaks', async () => {
    const seen = await settled(readBody(responseOf(['a'], { after: 'break' })))
    expect(seen.values).toEqual([bytesOf('a')])
    expect(seen.error).toMatchObject({
      name: 'ChatStreamError',
      kind: 'network',
      retryable: true,
      cause: new TypeError('terminated'),
    })
  })

  it('cancels the body when the subscriber leaves', async () => {
    const cancelled = new Promise<void>((resolve) => {
      const body = new ReadableStream({
        start: (controller) => controller.enqueue(bytesOf('a')),
        cancel: () => resolve(),
      })
      readBody(new Response(body)).pipe(take(1)).subscribe()
    })
    await cancelled
  })

  it('reads no further than its subscriber wants', async () => {
    let pulled = 0
    const body = new ReadableStream(
      {
        pull(controller) {
          pulled++
          controller.enqueue(bytesOf('a'))
        },
      },
      { highWaterMark: 0 },
    )
    await settled(readBody(new Response(body)).pipe(take(3)))
    expect(pulled).toBe(3)
  })

  it.each([
    ['missing', undefined],
    ['a stream of another kind', { pipe() {}, on() {} }],
  ])('says `unsupported` if the body is %s', (_what, body) => {
    expect(collect(readBody({ body } as unknown as Response)).error).toMatchObject({
      name: 'ChatStreamError',
      kind: 'unsupported',
    })
  })

  it('says `unsupported` if somebody else reads the body', () => {
    const response = responseOf(['a'])
    response.body?.getReader()
    expect(collect(readBody(response)).error).toMatchObject({ kind: 'unsupported' })
  })
})
