import { type ChatEvent, ChatStreamError, type CompletionChunk } from '@chatstream/core'
import { describe, expect, it } from 'vitest'
import { createSseFormat, createTextFormat, toErrorFrame } from '../src/index.js'

const write = (...events: ChatEvent[]): string => {
  const format = createSseFormat()
  return events.map(format.write).join('') + format.end?.()
}
const data = (value: unknown): string => `data: ${JSON.stringify(value)}\n\n`
const chunkOf = (delta: object, more: object = {}): CompletionChunk => ({
  id: '1',
  vendor: [1],
  choices: [{ index: 0, delta, finish_reason: null }],
  ...more,
})

const both = chunkOf({ reasoning_content: 'Hm', content: 'Yes' })
const reasoning: ChatEvent = { type: 'reasoning-delta', index: 0, text: 'Hm', raw: both }
const yes: ChatEvent = { type: 'text-delta', index: 0, text: 'Yes', raw: both }

describe('server-sent events', () => {
  it('give a chunk once, and as it came, of which several events were made', () => {
    expect(write(reasoning, yes)).toBe(data(both))
  })

  it('do not give what a filter took out of a chunk', () => {
    expect(write(yes)).toBe(data(chunkOf({ content: 'Yes' })))
    expect(write(reasoning)).toBe(data(chunkOf({ reasoning_content: 'Hm' })))
  })

  it('do not give what a map has changed', () => {
    const raw = chunkOf({ content: 'My password is 1234' }, { usage: { total_tokens: 1 } })
    const event: ChatEvent = { type: 'text-delta', index: 0, text: 'My password is ****', raw }
    expect(write(event)).toBe(data(chunkOf({ content: 'My password is ****' })))
  })

  it('give each event of a changed chunk by itself', () => {
    const call: ChatEvent = {
      type: 'tool-call-delta',
      index: 0,
      toolIndex: 1,
      id: 'a',
      name: 'f',
      arguments: '{',
      extra: { vendor: 1 },
      raw: both,
    }
    const end: ChatEvent = { type: 'choice-end', index: 0, finishReason: 'stop', raw: both }
    const usage: ChatEvent = { type: 'usage', usage: { total_tokens: 3 }, raw: both }
    const refusal: ChatEvent = { type: 'refusal-delta', index: 2, text: 'No', raw: both }
    const { choices: _, ...rest } = both
    const ofChoice = (delta: object, finish_reason: string | null = null, index = 0) =>
      data({ ...rest, choices: [{ index, delta, finish_reason }] })
    expect(write(call, refusal, end, usage)).toBe(
      ofChoice({
        tool_calls: [
          { vendor: 1, index: 1, id: 'a', type: 'function', function: { name: 'f', arguments: '{' } },
        ],
      }) +
        ofChoice({ refusal: 'No' }, null, 2) +
        ofChoice({}, 'stop') +
        data({ ...rest, choices: [], usage: { total_tokens: 3 } }),
    )
  })

  it('keep a comment a comment, whatever is in it', () => {
    const comment = (text: string): string => write({ type: 'comment', comment: text })
    expect(comment('one')).toBe(': one\n\n')
    expect(comment('')).toBe(': \n\n')
    expect(comment('one\u2028two')).toBe(': one\u2028two\n\n')
    for (const end of ['\n', '\r', '\r\n', '\r\r\n'])
      for (const line of comment(`one${end}data: two${end}`).split(/\r\n|\r|\n/))
        expect(line).toMatch(/^(: .*)?$/)
  })

  it('give a cost with the fields that came, even those that are named like ours', () => {
    expect(write({ type: 'cost', cost: '0.0012', raw: 1, vendor: [] })).toBe(
      ': {"cost":"0.0012","raw":1,"vendor":[]}\n\n',
    )
  })

  it('say nothing of attempts, which are nobody else’s business', () => {
    const error = new ChatStreamError('upstream', 'Overloaded')
    const attempt = { attempt: 1, endpoint: 'https://secret.example' }
    expect(
      write(
        { type: 'attempt-start', ...attempt },
        { type: 'attempt-failed', ...attempt, error, retryInMs: 0 },
        { type: 'response-start', ...attempt, status: 200 },
      ),
    ).toBe('')
  })

  it('cannot start anew, and say so', () => {
    for (const format of [createSseFormat(), createTextFormat()])
      expect(() => format.write({ type: 'answer-reset' })).toThrow(/retry\.restart/)
  })

  it('end with the error, after what was held back', () => {
    const format = createSseFormat({ toError: (error) => ({ error: String(error) }) })
    expect(format.write(reasoning) + format.write(yes) + format.fail?.('no')).toBe(
      data(both) + data({ error: 'no' }),
    )
  })
})

describe('toErrorFrame', () => {
  it('hands on what the provider says', () => {
    const details = { status: 429, type: 'rate_limit_error' }
    expect(toErrorFrame(new ChatStreamError('rate-limit', 'Rate limit exceeded', details))).toEqual({
      error: { message: 'Rate limit exceeded', type: 'rate_limit_error', code: 429 },
    })
  })

  it.each(['authentication', 'network', 'malformed', 'unsupported'] as const)(
    'keeps for itself what a `%s` error may quote',
    (kind) => {
      const error = new ChatStreamError(kind, 'No answer from secret.example with sk-secret')
      const { message, type, code } = toErrorFrame(error).error
      expect(message).not.toContain('secret')
      expect({ type, code }).toEqual({ type: expect.any(String), code: expect.any(Number) })
    },
  )

  it.each([[new Error('ENOENT /etc/secret')], ['secret'], [undefined]])(
    'keeps for itself what is no error of ours: %s',
    (error) => {
      expect(toErrorFrame(error)).toEqual({
        error: { message: 'The stream failed.', type: 'server_error', code: 500 },
      })
    },
  )
})

describe('text', () => {
  it('is that of the first choice, and nothing else', () => {
    const format = createTextFormat()
    const other: ChatEvent = { ...yes, index: 1 } as ChatEvent
    expect([reasoning, yes, other, 'str'].map(format.write)).toEqual(['', 'Yes', '', 'str'])
  })

  it('is never written with half a character at its end', () => {
    const format = createTextFormat()
    expect(['a\uD83D', '', '\uDE00b', '\uD83D'].map(format.write)).toEqual(['a', '', '😀b', ''])
    expect(format.end?.()).toBe('\uD83D')
  })
})
