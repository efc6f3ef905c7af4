import type { Message } from '@chatstream/core'
import { describe, expect, it } from 'vitest'
import { answerFacts, conversationTotals } from './answer-facts.js'

const answer = (fields: Partial<Message>): Message => ({
  id: 'a',
  role: 'assistant',
  parts: [],
  state: 'complete',
  ...fields,
})

describe('answerFacts', () => {
  it('tells what is known, and nothing of what is not', () => {
    const message = answer({
      usage: { completion_tokens: 1234 },
      cost: { cost: '0.00012' },
      report: {
        timeToFirstTokenMs: 312,
        tokensPerSecond: 40.6,
        durationMs: 900,
        attempts: 2,
        endpoint: 'http://localhost/backup/v1',
      },
    })
    expect(answerFacts(message).map(({ value }) => value)).toEqual([
      '0.31 s to first token',
      '41 tokens/s',
      '1,234 tokens',
      '$0.00012',
      '2 attempts',
      'second provider',
    ])
    expect(answerFacts(answer({}))).toEqual([])
  })
})

describe('conversationTotals', () => {
  it('adds costs exactly, and counts those that are unknown', () => {
    const messages = [
      answer({ cost: { cost: '0.1', completion_tokens: 3 } }),
      answer({ cost: { cost: '0.2', completion_tokens: 4 } }),
      answer({ state: 'failed' }),
    ]
    expect(conversationTotals(messages)).toEqual({ tokens: 7, cost: '0.3', unknownCosts: 1 })
  })
})
