import { from } from 'rxjs'
import { expect, it } from 'vitest'
import { parseChunks } from '../src/chunk/parse-chunks.js'
import { toChatEvents } from '../src/event/to-chat-events.js'
import { type ChatEvent, isChatStreamError, parseSse } from '../src/index.js'
import { attachPartial } from '../src/message/attach-partial.js'
import { contentClocks } from '../src/policy/content-clocks.js'
import { type Collected, collect } from './collect.js'
import { bytesOf, cutBytes } from './cut-bytes.js'
import { transcripts } from './transcripts.js'

const RUNS = 100_000

/** The same numbers in [0, 1) for the same seed: mulberry32. */
function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

type Random = () => number
const below = (random: Random, limit: number): number => Math.floor(random() * limit)
const pick = <T>(random: Random, from: readonly T[]): T => from[below(random, from.length)] as T

const bodies = Object.values(transcripts)
  .filter(({ body }) => body !== '')
  .map(({ body }) => bytesOf(body))

const range = (bytes: Uint8Array, random: Random): [start: number, end: number] => {
  const start = below(random, bytes.length + 1)
  return [start, Math.min(bytes.length, start + below(random, 2 ** below(random, 8)))]
}

function join(...pieces: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0))
  let offset = 0
  for (const piece of pieces) {
    joined.set(piece, offset)
    offset += piece.length
  }
  return joined
}

/** The same bytes, but for the one at this offset. */
function withByte(bytes: Uint8Array, offset: number, change: (byte: number) => number): Uint8Array {
  const changed = bytes.slice()
  changed[offset] = change(bytes[offset] ?? 0)
  return changed
}

const tokens = [
  '\n',
  '\r',
  '\n\n',
  '\uFEFF',
  ':',
  'data: ',
  'data',
  'event: error\n',
  '[DONE]',
  '"error":{},',
  '\0',
  '\u2028',
  '\xff',
]
const values = [
  'null',
  '0',
  '-1',
  '1e308',
  '1e999',
  '""',
  '[]',
  '{}',
  'true',
  '[null]',
  '{"a":1}',
  '"x"',
  '"__proto__"',
]

const mutations: readonly ((bytes: Uint8Array, random: Random) => Uint8Array)[] = [
  function flipsOneBit(bytes, random) {
    return withByte(bytes, below(random, bytes.length), (byte) => byte ^ (1 << below(random, 8)))
  },
  function putsAnotherByte(bytes, random) {
    return withByte(bytes, below(random, bytes.length), () => below(random, 256))
  },
  function cutsTheEnd(bytes, random) {
    return bytes.slice(0, below(random, bytes.length + 1))
  },
  function cutsTheStart(bytes, random) {
    return bytes.slice(below(random, bytes.length + 1))
  },
  function cutsOut(bytes, random) {
    const [start, end] = range(bytes, random)
    return join(bytes.slice(0, start), bytes.slice(end))
  },
  function repeats(bytes, random) {
    const [start, end] = range(bytes, random)
    return join(bytes.slice(0, end), bytes.slice(start))
  },
  function gluesAnotherAnswerIn(bytes, random) {
    const [start, end] = range(bytes, random)
    const other = pick(random, bodies)
    const [from, to] = range(other, random)
    return join(bytes.slice(0, start), other.slice(from, to), bytes.slice(end))
  },
  function gluesAWholeAnswerOn(bytes, random) {
    return join(bytes, pick(random, bodies))
  },
  function putsATokenIn(bytes, random) {
    const [start] = range(bytes, random)
    return join(bytes.slice(0, start), bytesOf(pick(random, tokens)), bytes.slice(start))
  },
  function putsAnotherValue(bytes, random) {
    const text = new TextDecoder().decode(bytes)
    const found = [...text.matchAll(/(?<=[:[,] ?)("[^"]*"|\d+|null|\{[^{}]*\}|\[[^[\]]*\])/g)]
    if (found.length === 0) return bytes
    const { index, 0: old } = pick(random, found)
    return bytesOf(text.slice(0, index) + pick(random, values) + text.slice(index + old.length))
  },
]

function mutate(seed: number): { bytes: Uint8Array; chunks: Uint8Array[] } {
  const random = createRandom(seed)
  let bytes = pick(random, bodies)
  for (let left = 1 + below(random, 4); left > 0; left--) {
    if (bytes.length > 0) bytes = pick(random, mutations)(bytes, random)
  }
  return { bytes, chunks: cutBytes(bytes, [below(random, bytes.length + 1)]) }
}

/** What is wrong with this end; nothing if it is one that may be. */
function complaint({ values, error, end }: Collected<ChatEvent>): string | undefined {
  const ends = values.filter((event) => event.type === 'answer-end').length
  const afterEnd = values.slice(values.findIndex((event) => event.type === 'answer-end') + 1)
  if (ends > 1) return 'the answer ended twice'
  if (ends === 1 && afterEnd.some(({ type }) => type !== 'cost' && type !== 'comment'))
    return 'content after the end'
  if (end === 'running') return 'it hangs'
  if (end === 'complete') return ends === 1 ? undefined : 'completed without an end of the answer'
  if (!isChatStreamError(error)) return `crashed: ${error instanceof Error ? error.stack : error}`
  if (ends === 1) return 'an error after the end of the answer'
  const textOf = (
    type: string,
    pieces: readonly { readonly type: string; readonly text?: string }[],
  ): string => pieces.map((piece) => (piece.type === type ? piece.text : '')).join('')
  const arrived = textOf(
    'text-delta',
    values.filter((event) => !('index' in event) || event.index === 0),
  )
  return arrived === textOf('text', error.partial?.parts ?? [])
    ? undefined
    : 'the partial text is not what had arrived'
}

it(`reads ${RUNS} mutated answers, and each ends complete or with a typed error`, () => {
  const firstSeed = Number(process.env['CHATSTREAM_SEED'] ?? Date.now() % 2 ** 31)
  const ends = { complete: 0, error: 0, running: 0 }
  for (let seed = firstSeed; seed < firstSeed + RUNS; seed++) {
    const { bytes, chunks } = mutate(seed)
    const seen = collect(
      from(chunks).pipe(
        parseSse({ errorField: true }),
        parseChunks(),
        toChatEvents(),
        contentClocks({ firstContentMs: Infinity, idleMs: Infinity, drainMs: 0 }),
        attachPartial(),
      ),
    )
    ends[seen.end]++
    const wrong = complaint(seen)
    if (wrong !== undefined) {
      const body = JSON.stringify(new TextDecoder().decode(bytes))
      expect.fail(`${wrong}, with CHATSTREAM_SEED=${seed} and the body\n${body}`)
    }
  }
  // That both ends are frequent shows that the mutations are neither too mild nor too wild.
  expect(ends.complete).toBeGreaterThan(RUNS / 10)
  expect(ends.error).toBeGreaterThan(RUNS / 10)
}, 120_000)
