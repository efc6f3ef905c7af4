import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { emptyMessage, reduceMessage, type ToolCallPart } from '../src/index.js'
import { bytesOf, cutBytes } from './cut-bytes.js'
import { DONE, data } from './frames.js'
import { readChunks } from './reading.js'

/** A folder of `*.chunks.txt`: recorded streams of providers, one chunk a line, without their framing. */
const folder = process.env['CHATSTREAM_RECORDED'] ?? ''
const recordings = existsSync(folder)
  ? readdirSync(folder).filter((name) => name.endsWith('.chunks.txt'))
  : []

interface Chunk {
  readonly choices?:
    | readonly { readonly finish_reason?: string | null; readonly delta?: Delta | null }[]
    | null
  readonly usage?: object | null
}

interface Delta {
  readonly content?: string | null
  readonly reasoning_content?: string | null
  readonly reasoning?: string | null
  readonly tool_calls?: readonly {
    readonly index: number
    readonly id?: string
    readonly function: { readonly name?: string; readonly arguments?: string }
  }[]
}

/** What is in the chunks of a sound stream with one choice, added up by the simplest means. */
function fold(chunks: readonly Chunk[]) {
  const sum = {
    text: '',
    reasoning: '',
    calls: {} as Record<number, string[]>,
    usage: undefined as unknown,
    finish: '',
  }
  for (const chunk of chunks) {
    const [choice] = chunk.choices ?? []
    sum.text += choice?.delta?.content ?? ''
    sum.reasoning += choice?.delta?.reasoning_content ?? choice?.delta?.reasoning ?? ''
    for (const {
      index,
      id,
      function: { name, arguments: text },
    } of choice?.delta?.tool_calls ?? []) {
      const call = sum.calls[index] ?? ['', '', '']
      sum.calls[index] = [call[0] || id || '', call[1] || name || '', call[2] + (text ?? '')]
    }
    sum.usage = chunk.usage ?? sum.usage
    sum.finish = choice?.finish_reason ?? sum.finish
  }
  return sum
}

describe('recorded streams give exactly what is in them', () => {
  if (recordings.length === 0) {
    it('(skipped)', ({ skip }) => skip('CHATSTREAM_RECORDED names no folder with *.chunks.txt'))
  }

  it.each(recordings)('%s', async (name) => {
    const lines = readFileSync(join(folder, name), 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== '')
    const expected = fold(lines.map((line) => JSON.parse(line) as Chunk))
    const bytes = bytesOf(lines.map(data).join('') + DONE)
    for (const step of [bytes.length, 1000, 7]) {
      const cuts = Array.from({ length: Math.floor(bytes.length / step) }, (_, index) => index * step)
      const seen = await readChunks(cutBytes(bytes, cuts))
      expect(seen.end).toBe('complete')
      const message = seen.values.reduce((message, event) => reduceMessage(message, event), emptyMessage(''))
      const textOf = (type: string): string =>
        message.parts.map((part) => (part.type === type && 'text' in part ? part.text : '')).join('')
      const calls = message.parts.filter((part): part is ToolCallPart => part.type === 'tool-call')
      expect({
        text: textOf('text'),
        reasoning: textOf('reasoning'),
        calls: Object.fromEntries(
          calls.map((call) => [call.toolIndex, [call.id, call.name, call.arguments]]),
        ),
        usage: message.usage,
        finish: message.finishReason,
      }).toEqual(expected)
    }
  })
})
