import { emptyMessage, type Message } from '@chatstream/core'
import { describe, expect, it } from 'vitest'
import type { Answer } from './print-answer.js'
import { summaryLine } from './summary-line.js'

const answer = (fields: Partial<Answer>, message: Partial<Message> = {}): Answer => ({
  message: { ...emptyMessage('1'), finishReason: 'stop', ...message },
  error: undefined,
  firstTokenMs: 310,
  tokensMs: 5000,
  ...fields,
})

describe('summaryLine', () => {
  it('gives the time to the first token, the speed, the tokens and the cost', () => {
    const whole = answer({}, { usage: { completion_tokens: 206 }, cost: { cost: '0.0012' } })
    expect(summaryLine(whole, { stopped: false })).toBe(
      'first token 0.31 s · 41 tokens/s · 206 tokens · $0.0012',
    )
  })

  it('leaves out what is not known', () => {
    expect(summaryLine(answer({}), { stopped: true })).toBe('stopped · first token 0.31 s · cost unknown')
    expect(summaryLine(answer({ firstTokenMs: undefined, tokensMs: 0 }), { stopped: false })).toBe(
      'no token · cost unknown',
    )
  })

  it('gives no speed for what came all at once, or as a single token', () => {
    const { usage, cost } = { usage: { completion_tokens: 1 }, cost: { cost: '0' } }
    expect(summaryLine(answer({}, { usage, cost }), { stopped: false })).toBe(
      'first token 0.31 s · 1 token · $0',
    )
    expect(
      summaryLine(answer({ tokensMs: 0 }, { usage: { completion_tokens: 20 }, cost }), { stopped: false }),
    ).toBe('first token 0.31 s · 20 tokens · $0')
  })

  it('gives slow speeds with a decimal', () => {
    const slow = answer({}, { usage: { completion_tokens: 13 } })
    expect(summaryLine(slow, { stopped: false })).toContain(' · 2.4 tokens/s · ')
  })

  it('tells an answer that the server cut short', () => {
    expect(summaryLine(answer({}, { finishReason: 'length' }), { stopped: false })).toMatch(
      / · ended by length$/,
    )
  })
})
