import { from, throwError } from 'rxjs'
import { concatWith } from 'rxjs/operators'
import { describe, expect, it } from 'vitest'
import { collect } from '../../test/collect.js'
import type { CompletionChunk } from '../chunk/completion-chunk.js'
import type { Frame } from '../chunk/parse-chunks.js'
import { toChatEvents } from './to-chat-events.js'

const chunk = (chunk: CompletionChunk): Frame => ({ type: 'chunk', chunk })
const choice = (...choices: unknown[]): Frame => chunk({ choices })
const delta = (delta: unknown, more: object = {}): Frame => choice({ index: 0, delta, ...more })
const finish = (finish_reason: string, index = 0): Frame => choice({ index, delta: {}, finish_reason })
const done: Frame = { type: 'done' }
const end = { type: 'answer-end' }

const read = (...frames: Frame[]) => collect(from(frames).pipe(toChatEvents()))
/** The events without their raw chunks. */
const brief = (...frames: Frame[]): object[] =>
  read(...frames).values.map((event) => {
    const { raw: _, ...rest } = event as { raw?: unknown }
    return rest
  })
const text = (text: string, index = 0) => ({ type: 'text-delta', index, text })
const reasoning = (text: string, index = 0) => ({ type: 'reasoning-delta', index, text })

describe('toChatEvents', () => {
  it('gives text, reasoning and refusal, each with its chunk', () => {
    const raw = {
      choices: [
        { index: 0, delta: { role: 'assistant', reasoning_content: 'r', content: 'c', refusal: 'f' } },
      ],
      system_fingerprint: 'x',
    }
    expect(read(chunk(raw), done).values).toEqual([
      { ...reasoning('r'), raw },
      { ...text('c'), raw },
      { type: 'refusal-delta', index: 0, text: 'f', raw },
      end,
    ])
    expect(read(chunk(raw)).values[0]).toHaveProperty('raw', raw)
  })

  it('keeps white space, and drops only empty strings', () => {
    expect(brief(delta({ content: ' ' }), delta({ content: '' }), delta({ content: '\n' }), done)).toEqual([
      text(' '),
      text('\n'),
      end,
    ])
  })

  it('keeps several choices apart, by index or else by position', () => {
    const frames = [
      choice({ index: 1, delta: { content: 'b' } }, { index: 0, delta: { content: 'a' } }),
      choice({ delta: { content: 'A' } }, { delta: { content: 'B' } }),
    ]
    expect(brief(...frames, done)).toEqual([text('b', 1), text('a', 0), text('A', 0), text('B', 1), end])
  })

  describe('reasoning', () => {
    it.each([
      ['reasoning_content', { reasoning_content: 'r' }, [reasoning('r')]],
      ['reasoning', { reasoning: 'r' }, [reasoning('r')]],
      ['both, once', { reasoning: 'r', reasoning_content: 'r' }, [reasoning('r')]],
      ['both, of which one is empty', { reasoning: 'r', reasoning_content: '' }, [reasoning('r')]],
      ['both, of which one is null', { reasoning: 'r', reasoning_content: null }, [reasoning('r')]],
      ['beside content, before it', { content: 'c', reasoning: 'r' }, [reasoning('r'), text('c')]],
      ['no reasoning at all', { reasoning: { effort: 1 }, reasoning_details: [] }, []],
    ])('is taken from %s', (_where, fields, events) => {
      expect(brief(delta(fields), done)).toEqual([...events, end])
    })
  })

  describe('content as a list of parts', () => {
    it('gives text and thinking in the order of the parts', () => {
      const parts = [
        {
          type: 'thinking',
          thinking: [
            { type: 'text', text: 'hm' },
            { type: 'text', text: ' so' },
          ],
        },
        { type: 'text', text: 'a' },
        { type: 'thinking', thinking: 'well' },
        { type: 'text', text: 'b' },
      ]
      expect(brief(delta({ content: parts }), done)).toEqual([
        reasoning('hm'),
        reasoning(' so'),
        text('a'),
        reasoning('well'),
        text('b'),
        end,
      ])
    })

    it('gives up at more parts than an answer has', () => {
      const turn = [{ text: 'a' }, { thinking: 'b' }]
      const turns = (count: number) => delta({ content: Array.from({ length: count }, () => turn).flat() })
      expect(read(turns(5000), done).end).toBe('complete')
      expect(read(turns(2500), turns(2501), done).error).toMatchObject({
        kind: 'too-large',
        retryable: false,
      })
      expect(read(delta({ content: Array.from({ length: 20_000 }, () => turn[0]) }), done).end).toBe(
        'complete',
      )
    })

    it('passes over parts that hold neither', () => {
      const parts = [null, 3, 'x', {}, { type: 'image' }, { type: 'thinking', thinking: [null, 4, {}] }]
      expect(brief(delta({ content: parts }), done)).toEqual([end])
    })
  })

  it.each([
    ['no choices', {}],
    ['choices null', { choices: null }],
    ['choices empty', { choices: [] }],
    ['choices of no use', { choices: [null, 1, 'x', [], {}] }],
    ['delta null', { choices: [{ index: 0, delta: null }] }],
    ['delta a string', { choices: [{ index: 0, delta: 'x' }] }],
    ['content null', { choices: [{ index: 0, delta: { content: null, tool_calls: null, refusal: null } }] }],
    ['content a number', { choices: [{ index: 0, delta: { content: 3, reasoning: 4, refusal: {} } }] }],
    ['content filters', { choices: [], prompt_filter_results: [{ prompt_index: 0 }] }],
    ['an index that is no number', { choices: [{ index: '0', delta: {} }] }],
  ])('tolerates %s', (_what, raw) => {
    expect(brief(chunk(raw), done)).toEqual([end])
  })

  it('hands tool calls to the reader of their choice', () => {
    const toolCalls = [{ id: 'a', function: { name: 'f', arguments: '{}' } }]
    expect(
      brief(choice({ delta: { tool_calls: toolCalls } }, { delta: { tool_calls: toolCalls } }), done),
    ).toEqual([
      { type: 'tool-call-delta', index: 0, toolIndex: 0, id: 'a', name: 'f', arguments: '{}' },
      { type: 'tool-call-delta', index: 1, toolIndex: 0, id: 'a', name: 'f', arguments: '{}' },
      end,
    ])
  })

  it('gives usage, wherever and however often it comes', () => {
    const frames = [chunk({ usage: { total_tokens: 1 } }), chunk({ x_groq: { usage: { total_tokens: 2 } } })]
    expect(brief(...frames, done)).toEqual([
      { type: 'usage', usage: { total_tokens: 1 } },
      { type: 'usage', usage: { total_tokens: 2 } },
      end,
    ])
  })

  it('gives usage after the choices of the same chunk', () => {
    const last = chunk({
      choices: [{ delta: { content: 'a' }, finish_reason: 'stop' }],
      usage: { total_tokens: 1 },
    })
    expect(brief(last, done).map((event) => (event as { type: string }).type)).toEqual([
      'text-delta',
      'choice-end',
      'usage',
      'answer-end',
    ])
  })

  it.each([
    ['at top level', { usage: { total_tokens: 1 } }, {}],
    ['in the choice', {}, { usage: { total_tokens: 1 } }],
    ["under a vendor's key", { x_groq: { usage: { total_tokens: 1 } } }, {}],
  ])('gives the usage that comes %s with the last text', (_where, ofChunk, ofChoice) => {
    const last = chunk({
      choices: [{ delta: { content: 'a' }, finish_reason: 'stop', ...ofChoice }],
      ...ofChunk,
    })
    expect(brief(last)).toContainEqual({ type: 'usage', usage: { total_tokens: 1 } })
  })

  it('gives comments and the cost, before the end and after it', () => {
    const cost: Frame = { type: 'cost', cost: { cost: '0.0012', prompt_tokens: 15 } }
    const comment: Frame = { type: 'comment', comment: 'keep-alive' }
    expect(brief(comment, done, comment, cost)).toEqual([
      { type: 'comment', comment: 'keep-alive' },
      end,
      { type: 'comment', comment: 'keep-alive' },
      { type: 'cost', cost: '0.0012', prompt_tokens: 15 },
    ])
  })

  it('does not let a field of the cost change the type of the event', () => {
    expect(brief({ type: 'cost', cost: { cost: '1', type: 'answer-end' } }, done)).toEqual([
      { type: 'cost', cost: '1' },
      end,
    ])
  })

  describe('the end', () => {
    const truncated = { name: 'ChatStreamError', kind: 'truncated', retryable: true }

    it('is there at [DONE], at once, even without a finish reason', () => {
      expect(brief(delta({ content: 'a' }), done)).toEqual([text('a'), end])
    })

    it('is there at [DONE], even if nothing else came', () => {
      expect(read(done)).toEqual({ values: [end], error: undefined, end: 'complete' })
    })

    it('comes once, however often it is sent', () => {
      expect(brief(finish('stop'), done, done)).toEqual([
        { type: 'choice-end', index: 0, finishReason: 'stop' },
        end,
      ])
    })

    it('is there without [DONE], when the body ends after a finish reason', () => {
      expect(brief(delta({ content: 'a' }), finish('length'))).toEqual([
        text('a'),
        { type: 'choice-end', index: 0, finishReason: 'length' },
        end,
      ])
    })

    it('needs a finish reason for every choice that began', () => {
      const began = choice({ index: 0, delta: { content: 'a' } }, { index: 1, delta: { content: 'b' } })
      expect(read(began, finish('stop', 0)).error).toMatchObject(truncated)
      expect(read(began, finish('stop', 1), finish('stop', 0)).end).toBe('complete')
    })

    it('is missing if the body ends with neither', () => {
      const seen = read(delta({ content: 'a' }))
      expect(seen.values).toHaveLength(1)
      expect(seen.error).toMatchObject(truncated)
    })

    it('is missing if nothing came, or only comments and usage', () => {
      expect(read().error).toMatchObject(truncated)
      expect(read({ type: 'comment', comment: 'x' }, chunk({ usage: {} })).error).toMatchObject(truncated)
    })

    it.each([null, '', 0, false])('is not proven by the finish reason %j', (reason) => {
      expect(read(delta({ content: 'a' }, { finish_reason: reason })).error).toMatchObject(truncated)
    })

    it('gives the finish reason of a choice once', () => {
      expect(brief(finish('stop'), finish('stop'), done)).toHaveLength(2)
    })

    it('leaves the finish reason `error` to the error that comes with it', () => {
      const broken = new Error('told')
      const frames$ = from([delta({ content: 'a' }, { finish_reason: 'error' })])
      const seen = collect(frames$.pipe(concatWith(throwError(() => broken)), toChatEvents()))
      expect(seen.values.map((event) => event.type)).toEqual(['text-delta'])
      expect(seen.error).toBe(broken)
    })
  })

  it('passes an error of the source on, and does not object to what is missing then', () => {
    const broken = new Error('broken')
    expect(collect(throwError(() => broken).pipe(toChatEvents())).error).toBe(broken)
  })
})
