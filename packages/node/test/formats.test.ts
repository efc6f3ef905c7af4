import { describe, expect, it } from 'vitest'
import { type Formats, pipeToWritable } from '../src/index.js'
import { countUpstream, frame, request } from './counted-upstream.js'
import { createHeldSink } from './held-sink.js'

const written = async (format: keyof Formats): Promise<string> => {
  const sink = createHeldSink()
  sink.open()
  const { client } = countUpstream([frame('Hello, '), ': hold on\n\n', frame('world')])
  await pipeToWritable(client.stream(request), sink.writable, { format })
  return sink.text()
}

describe('an answer', () => {
  it('is its text', async () => {
    expect(await written('text')).toBe('Hello, world')
  })

  it('is the wire again', async () => {
    expect(await written('sse')).toBe(
      `${frame('Hello, ')}: hold on\n\n${frame('world')}data: [DONE]\n\n: {"cost":"0.0012","prompt_tokens":15}\n\n`,
    )
  })

  it('is a line of JSON for each event', async () => {
    const lines = (await written('jsonl')).split('\n')
    expect(lines.pop()).toBe('')
    expect(lines.map((line) => JSON.parse(line).type)).toEqual([
      'attempt-start',
      'response-start',
      'text-delta',
      'comment',
      'text-delta',
      'answer-end',
      'cost',
    ])
  })
})
