import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createMemoryStore } from '../src/index.js'
import { bytesOf, rawRelay } from './raw-relay.js'

const folder = process.env['CHATSTREAM_RECORDED'] ?? ''
const recordings = existsSync(folder)
  ? readdirSync(folder).filter((name) => name.endsWith('.chunks.txt'))
  : []

const cut = (bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] => {
  const at = [0, ...cuts.map((one) => one % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]
  return at.slice(1).map((end, index) => bytes.slice(at[index], end))
}

const content = (text: string): string =>
  JSON.stringify({ choices: [{ index: 0, delta: { content: text } }], x: [text] })

/** A sound answer in any dress that the standard allows, and bytes that are no text. */
const answers = fc
  .record({
    mark: fc.boolean(),
    end: fc.constantFrom('\n', '\r', '\r\n'),
    blocks: fc.array(
      fc.oneof(
        fc.string({ unit: 'grapheme' }).map((text) => [`data: ${content(text)}`, '']),
        fc.string({ unit: 'grapheme' }).map((text) => ['id: 77', `data:${content(text)}`, 'retry: 5', '']),
        fc
          .string({ unit: 'grapheme' })
          .map((text) => ['event: message', 'unknown', ': in between', `data: ${content(text)}`, '']),
        fc.constantFrom([':'], [': keep-alive', ''], ['', ''], [': \u2028 no line end']),
      ),
      { maxLength: 12 },
    ),
    cost: fc.constantFrom('', ': {"cost":"0.0012"}', ': {"cost":"0.0012"}\n\n'),
  })
  .map(({ mark, end, blocks, cost }) => {
    const lines = [`data: ${content('first')}`, '', ...blocks.flat(), 'data: [DONE]', '', '']
    const text = (mark ? '\ufeff' : '') + lines.join(end) + cost
    return Buffer.concat([Buffer.from(text), Buffer.from(cost === '' ? [0x3a, 0xff, 0xfe, 0x0a] : [])])
  })

/** Takes out what the relay has put in, by what it must be: the next id, before the blank line of an event. */
const withoutIds = (
  bytes: Buffer,
): { readonly bytes: Buffer; readonly events: number; readonly ends: number[] } => {
  let rest = bytes
  const kept: Buffer[] = []
  const ends: number[] = []
  for (let id = 1; ; id++) {
    const line = Buffer.from(`id: ${id}\n`)
    const at = rest.indexOf(line)
    if (at === -1) break
    kept.push(rest.subarray(0, at))
    rest = rest.subarray(at + line.length)
    const blank = rest[0] === 0x0d && rest[1] === 0x0a ? 2 : 1
    ends.push(bytes.length - rest.length + blank)
  }
  return { bytes: Buffer.concat([...kept, rest]), events: ends.length, ends }
}

/** Of large buffers an `expect` takes seconds. */
const same = (seen: Buffer, expected: Buffer): void => {
  if (!seen.equals(expected)) expect(seen.toString('latin1')).toBe(expected.toString('latin1'))
}

describe('byte for byte', () => {
  it('what goes in comes out', async () => {
    await fc.assert(
      fc.asyncProperty(answers, fc.array(fc.nat(), { maxLength: 6 }), async (bytes, cuts) => {
        const { ask } = rawRelay(cut(bytes, cuts))
        same(await bytesOf(await ask()), bytes)
      }),
      { numRuns: 60 },
    )
  })

  it('what goes in comes out of the store, too, but for the ids; and from any of them on', async () => {
    await fc.assert(
      fc.asyncProperty(answers, fc.array(fc.nat(), { maxLength: 6 }), fc.nat(), async (bytes, cuts, pick) => {
        const { ask, resume, relay } = rawRelay(cut(bytes, cuts), { store: createMemoryStore() })
        const response = await ask()
        const all = await bytesOf(response)
        const plain = withoutIds(all)
        same(plain.bytes, bytes)
        const id = response.headers.get('x-stream-id') ?? ''
        const after = pick % (plain.events + 1)
        const rest = await bytesOf(await resume(id, after))
        const from = after === 0 ? 0 : (plain.ends[after - 1] ?? 0)
        // Of a CRLF that was cut, the LF may come with the next event.
        const tail = all.subarray(from)
        expect([tail.toString('latin1'), `\n${tail.toString('latin1')}`]).toContain(rest.toString('latin1'))
        await relay.close()
      }),
      { numRuns: 60 },
    )
  })

  if (recordings.length === 0) {
    it('(skipped)', ({ skip }) => skip('CHATSTREAM_RECORDED names no folder with *.chunks.txt'))
  }
  it.each(recordings)('%s, recorded', async (name) => {
    const lines = readFileSync(join(folder, name), 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== '')
    const end = 'data: [DONE]\n\n: {"cost":"0.0012","prompt_tokens":15}\n\n'
    const bytes = Buffer.from(lines.map((line) => `data: ${line}\n\n`).join('') + end)
    for (const size of [bytes.length, 1000, 7]) {
      const chunks = cut(
        bytes,
        Array.from({ length: Math.floor(bytes.length / size) }, (_, at) => at * size),
      )
      same(await bytesOf(await rawRelay(chunks).ask()), bytes)
      const kept = await bytesOf(await rawRelay(chunks, { store: createMemoryStore() }).ask())
      const plain = withoutIds(kept)
      same(plain.bytes, bytes)
      expect(plain.events).toBe(lines.length + 1)
    }
  })
})
