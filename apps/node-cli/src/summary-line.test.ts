import { emptyMessage, type Message, type Report } from '@chatstream/core'
import { describe, expect, it } from 'vitest'
import { summaryLine } from './summary-line.js'

const report: Report = { durationMs: 5310, attempts: 1, timeToFirstTokenMs: 310 }
const answer = (message: Partial<Message> = {}): Message => ({
  ...emptyMessage('1'),
  finishReason: 'stop',
  report: { ...report, tokensPerSecond: 41.2 },
  ...message,
})

describe('summaryLine', () => {
  it('gives the time to the first token, the speed, the tokens and the cost', () => {
    const whole = answer({ usage: { completion_tokens: 206 }, cost: { cost: '0.0012' } })
    expect(summaryLine(whole, { stopped: false })).toBe(
      'first token 0.31 s · 41 tokens/s · 206 tokens · $0.0012',
    )
  })

  it('leaves out what is not known', () => {
    expect(summaryLine(answer(), { stopped: true })).toBe('stopped · first token 0.31 s · cost unknown')
    const nothing = answer({ report: { durationMs: 5310, attempts: 1 } })
    expect(summaryLine(nothing, { stopped: false })).toBe('no token · cost unknown')
    expect(summaryLine(undefined, { stopped: true })).toBe('stopped · no token · cost unknown')
  })

  it('gives no speed for what came all at once, or as a single token', () => {
    const cost = { cost: '0' }
    const single = answer({ usage: { completion_tokens: 1 }, cost })
    expect(summaryLine(single, { stopped: false })).toBe('first token 0.31 s · 1 token · $0')
    const atOnce = answer({ usage: { completion_tokens: 20 }, cost, report })
    expect(summaryLine(atOnce, { stopped: false })).toBe('first token 0.31 s · 20 tokens · $0')
  })

  it('gives slow speeds with a decimal', () => {
    const slow = answer({ usage: { completion_tokens: 13 }, report: { ...report, tokensPerSecond: 2.43 } })
    expect(summaryLine(slow, { stopped: false })).toContain(' · 2.4 tokens/s · ')
  })

  it('tells an answer that the server cut short', () => {
    expect(summaryLine(answer({ finishReason: 'length' }), { stopped: false })).toMatch(/ · ended by length$/)
  })
})
