import { ChatStreamError } from '@chatstream/core'
import { describe, expect, it } from 'vitest'
import { explainError } from './explain-error.js'

describe('explainError', () => {
  it('says when to come again after a rate limit', () => {
    const retryAt = Date.now() + 90_000
    const error = new ChatStreamError('rate-limit', 'Slow down', { retryable: true, retryAt })
    expect(explainError(error)).toMatch(/^chatstream: Slow down\. Try again in (89|90) s\.$/)
  })

  it('does not advise to wait for a used-up quota', () => {
    const error = new ChatStreamError('rate-limit', 'Quota exceeded.', { retryable: false })
    expect(explainError(error)).toBe(
      'chatstream: Quota exceeded. Check the balance of the account: waiting does not help.',
    )
  })

  it('gives the id of the request, for those who will be asked about it', () => {
    const error = new ChatStreamError('http', 'No such model', { status: 404, requestId: 'req_1' })
    expect(explainError(error)).toBe(
      'chatstream: No such model. Check --model and ALLTOKEN_BASE_URL. (request req_1)',
    )
  })

  it('is one short line without control characters, whatever the server wrote', () => {
    const error = new ChatStreamError('upstream', `\u001b[2JA\r\nB\u0085${'x'.repeat(5000)}`)
    const line = explainError(error)
    expect(line).toMatch(/^chatstream: \[2JA Bx+…/)
    expect(line.length).toBeLessThan(400)
  })

  it('tells errors of other kinds, too', () => {
    expect(explainError(new Error('The port is taken'))).toBe('chatstream: The port is taken.')
  })
})
