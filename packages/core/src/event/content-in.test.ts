import { describe, expect, it } from 'vitest'
import { contentIn } from './content-in.js'

const brief = (choices: unknown): readonly string[] =>
  contentIn({ choices }).map((event) => `${event.type} ${'text' in event ? event.text : ''}`.trim())

describe('contentIn', () => {
  it('gives the pieces of all choices, and no ends', () => {
    const choices = [
      {
        delta: {
          content: 'a',
          reasoning_content: 'r',
          refusal: 'no',
          tool_calls: [{ index: 0 }, { index: 1 }],
        },
        finish_reason: 'stop',
      },
      null,
      { index: 1, delta: { content: [{ type: 'text', text: 'b' }] } },
    ]
    expect(brief(choices)).toEqual([
      'reasoning-delta r',
      'text-delta a',
      'refusal-delta no',
      'tool-call-delta',
      'tool-call-delta',
      'text-delta b',
    ])
  })

  it('gives nothing for a chunk without content', () => {
    expect([brief([]), brief(undefined), brief([{ delta: { role: 'assistant', content: '' } }])]).toEqual([
      [],
      [],
      [],
    ])
  })
})
