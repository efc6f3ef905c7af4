import { describe, expect, it } from 'vitest'
import { ChatStreamError, isChatStreamError, withDetails } from './chat-stream-error.js'

describe('ChatStreamError', () => {
  it('is an error, with a name, a kind and a message', () => {
    const error = new ChatStreamError('network', 'broke')
    expect(error).toBeInstanceOf(Error)
    expect(error).toMatchObject({
      name: 'ChatStreamError',
      kind: 'network',
      message: 'broke',
      retryable: false,
    })
    expect(String(error)).toBe('ChatStreamError: broke')
    expect('cause' in error).toBe(false)
  })

  it('carries what is known', () => {
    const details = {
      status: 429,
      code: 'x',
      type: 't',
      requestId: 'r',
      contentType: 'text/html',
      body: 'b',
      raw: { a: 1 },
      retryable: true,
      retryAt: 5,
      partial: { parts: [] },
      cause: new Error('why'),
    }
    expect(new ChatStreamError('rate-limit', 'm', details)).toMatchObject(details)
  })

  it('is written as plain data, without the body, the raw frame, the partial answer and the cause', () => {
    const error = new ChatStreamError('rate-limit', 'm', {
      status: 429,
      retryAt: 5,
      body: 'b',
      raw: 1,
      partial: { parts: [] },
      cause: 1,
    })
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      kind: 'rate-limit',
      message: 'm',
      status: 429,
      retryable: false,
      retryAt: 5,
    })
    expect(Object.keys(error.toJSON())).not.toContain('requestId')
  })
})

describe('isChatStreamError', () => {
  it('knows an error of another copy of the package', () => {
    class ChatStreamError extends Error {
      override readonly name = 'ChatStreamError'
    }
    expect(isChatStreamError(new ChatStreamError('x'))).toBe(true)
  })

  it.each([
    new Error('x'),
    new TypeError('x'),
    { name: 'ChatStreamError' },
    'ChatStreamError',
    null,
    undefined,
  ])('says no to %s', (value) => {
    expect(isChatStreamError(value)).toBe(false)
  })
})

describe('withDetails', () => {
  const error = new ChatStreamError('upstream', 'm', { status: 500, retryable: false, cause: 'why' })

  it('fills in what the error does not know, and nothing else', () => {
    const filled = withDetails(error, { status: 200, requestId: 'r', retryable: true, cause: 'other' })
    expect(filled).toMatchObject({
      kind: 'upstream',
      message: 'm',
      status: 500,
      requestId: 'r',
      retryable: false,
    })
    expect(filled.cause).toBe('why')
  })

  it('keeps the stack, and leaves the first error unchanged', () => {
    expect(withDetails(error, { requestId: 'r' }).stack).toBe(error.stack)
    expect(error.requestId).toBeUndefined()
  })
})
