import { describe, expect, it } from 'vitest'
import type { ToolCallDelta } from './chat-event.js'
import { createToolCallReader } from './read-tool-calls.js'

const raw = { id: 'raw' }

/** Reads the `tool_calls` of one delta after another. */
const read = (...deltas: unknown[][]): ToolCallDelta[] => {
  const events: ToolCallDelta[] = []
  const readToolCalls = createToolCallReader(2, (event) => events.push(event))
  for (const toolCalls of deltas) readToolCalls(toolCalls, raw)
  return events
}

/** The calls as they stand in the end: `index:id name(arguments)`. */
const assembled = (...deltas: unknown[][]): string[] => {
  const calls = new Map<number, { id: string; name: string; text: string }>()
  for (const event of read(...deltas)) {
    const call = calls.get(event.toolIndex) ?? { id: '', name: '', text: '' }
    calls.set(event.toolIndex, {
      id: event.id ?? call.id,
      name: event.name ?? call.name,
      text: call.text + (event.arguments ?? ''),
    })
  }
  return [...calls].map(([index, { id, name, text }]) => `${index}:${id} ${name}(${text})`)
}

const call = (index: unknown, id: unknown, name: unknown, text: unknown) => ({
  ...(index !== undefined && { index }),
  ...(id !== undefined && { id }),
  type: 'function',
  function: { ...(name !== undefined && { name }), ...(text !== undefined && { arguments: text }) },
})

describe('createToolCallReader', () => {
  it('gives each piece with its choice, its call and its chunk', () => {
    expect(read([call(0, 'a', 'f', '')], [call(0, undefined, undefined, '{"x"')])).toEqual([
      { type: 'tool-call-delta', index: 2, toolIndex: 0, id: 'a', name: 'f', arguments: '', raw },
      { type: 'tool-call-delta', index: 2, toolIndex: 0, arguments: '{"x"', raw },
    ])
  })

  it('assembles by index', () => {
    expect(
      assembled(
        [call(0, 'a', 'f', '')],
        [call(0, undefined, undefined, '1')],
        [call(1, 'b', 'g', '')],
        [call(1, undefined, undefined, '2'), call(0, undefined, undefined, '3')],
      ),
    ).toEqual(['0:a f(13)', '1:b g(2)'])
  })

  it('assembles by id where there is no index', () => {
    expect(
      assembled(
        [call(undefined, 'a', 'f', '1')],
        [call(undefined, 'b', 'g', '2')],
        [call(undefined, 'a', undefined, '3')],
        [call(undefined, 'b', 'g', '4')],
      ),
    ).toEqual(['0:a f(13)', '1:b g(24)'])
  })

  it('goes on with the last call where there is neither', () => {
    expect(
      assembled(
        [call(undefined, 'a', 'f', '1')],
        [call(undefined, undefined, undefined, '2')],
        [call(undefined, 'b', 'g', '3')],
        [call(undefined, '', '', '4')],
      ),
    ).toEqual(['0:a f(12)', '1:b g(34)'])
  })

  it('assembles by position where one delta has several calls with neither', () => {
    expect(
      assembled(
        [call(undefined, undefined, 'f', '1'), call(undefined, undefined, 'g', '2')],
        [call(undefined, undefined, undefined, '3'), call(undefined, undefined, undefined, '4')],
      ),
    ).toEqual(['0: f(13)', '1: g(24)'])
  })

  it('tells whole calls apart that have neither index nor id', () => {
    expect(assembled([call(undefined, undefined, 'f', '1')], [call(undefined, undefined, 'f', '2')])).toEqual(
      ['0: f(1)', '1: f(2)'],
    )
  })

  it('tells whole calls apart that all have the index 0', () => {
    expect(
      assembled(
        [call(0, 'a', 'f', '1')],
        [call(0, 'b', 'g', '2')],
        [call(0, undefined, undefined, '3')],
        [call(1, 'c', 'h', '4')],
      ),
    ).toEqual(['0:a f(1)', '1:b g(23)', '2:c h(4)'])
  })

  it('keeps one call together whose id changes with every piece', () => {
    expect(assembled([call(0, 'a', 'f', '1')], [call(0, 'b', undefined, '2')])).toEqual(['0:a f(12)'])
  })

  it('takes an id that is repeated, empty or null', () => {
    expect(
      assembled(
        [call(0, 'a', 'f', '1')],
        [call(0, 'a', 'f', '2')],
        [call(0, '', '', '3')],
        [call(0, null, null, '4')],
      ),
    ).toEqual(['0:a f(1234)'])
  })

  it('takes an id that comes late', () => {
    expect(assembled([call(0, '', 'f', '1')], [call(0, 'a', undefined, '2')])).toEqual(['0:a f(12)'])
  })

  it('takes a name that comes after the arguments', () => {
    expect(assembled([call(0, 'a', undefined, '1')], [call(0, undefined, 'f', '2')])).toEqual(['0:a f(12)'])
    expect(assembled([call(undefined, 'a', undefined, '1')], [call(undefined, undefined, 'f', '2')])).toEqual(
      ['0:a f(12)'],
    )
  })

  it('gives the name once, however often it is sent', () => {
    expect(read([call(0, 'a', 'f', '')], [call(0, 'a', 'f', '')]).map((event) => event.name)).toEqual([
      'f',
      undefined,
    ])
  })

  it('keeps the indices of the wire, also if they do not start at 0', () => {
    expect(assembled([call(3, 'a', 'f', '1')], [call(1, 'b', 'g', '2')])).toEqual(['3:a f(1)', '1:b g(2)'])
  })

  it('writes arguments that came as an object as JSON', () => {
    expect(assembled([call(undefined, 'a', 'f', { x: 1 })])).toEqual(['0:a f({"x":1})'])
  })

  it('keeps the fields of vendors, beside the function and in it', () => {
    const signed = {
      index: 0,
      id: 'a',
      extra_content: { google: { thought_signature: 's' } },
      function: { name: 'f', arguments: '', strict: true },
    }
    expect(read([signed])[0]?.extra).toEqual({
      extra_content: { google: { thought_signature: 's' } },
      strict: true,
    })
  })

  it('tells no extra fields where there are none', () => {
    expect(read([call(0, 'a', 'f', '')])[0]).not.toHaveProperty('extra')
  })

  it.each([[[]], [[null, 3, 'x']]])('finds no call in %j', (toolCalls) => {
    expect(read(toolCalls)).toEqual([])
  })

  it('takes a call without anything', () => {
    expect(read([{}])).toEqual([{ type: 'tool-call-delta', index: 2, toolIndex: 0, raw }])
    expect(read([{ function: null }])).toHaveLength(1)
    expect(read([{ function: { arguments: null, name: 5 }, id: 6 }])).toEqual([
      { type: 'tool-call-delta', index: 2, toolIndex: 0, raw },
    ])
  })

  it('gives up at more calls than a model makes', () => {
    const tooLarge = expect.objectContaining({ kind: 'too-large' })
    const calls = (count: number) => Array.from({ length: count }, (_, id) => call(0, `c${id}`, 'f', ''))
    expect(read(calls(4096)).at(-1)).toMatchObject({ toolIndex: 4095 })
    expect(() => read(calls(4097))).toThrow(tooLarge)
    expect(() => read(Array.from({ length: 300_000 }, () => ({})))).toThrow(tooLarge)
  })

  it('copes with arguments that are nested too deeply to be written', () => {
    const deep = JSON.parse(`${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`)
    expect(() => read([call(0, 'a', 'f', deep)])).toThrow(expect.objectContaining({ kind: 'malformed' }))
  })
})
