import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createUnitSplitter } from './create-unit-splitter.js'
import { listUnits } from './units.js'

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)
const decode = (bytes: Uint8Array): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)

const split = (chunks: readonly Uint8Array[]) => {
  const splitter = createUnitSplitter()
  const units = chunks.flatMap((chunk) => {
    const made = splitter.push(chunk)
    return made === undefined ? [] : listUnits(made)
  })
  return { units, rest: splitter.rest() }
}

/** Units, with `|` where an id may go. */
const shown = (text: string): string[] =>
  split([encode(text)]).units.map(({ bytes, idAt }) => {
    const unit = decode(bytes)
    return idAt === undefined ? unit : `${unit.slice(0, idAt)}|${unit.slice(idAt)}`
  })

describe('createUnitSplitter', () => {
  it.each([
    ['LF', 'data: 1\n\ndata: 2\n\n', ['data: 1\n|\n', 'data: 2\n|\n']],
    ['CRLF', 'data: 1\r\n\r\ndata: 2\r\n\r\n', ['data: 1\r\n|\r\n', 'data: 2\r\n|\r\n']],
    ['CR', 'data: 1\r\rdata: 2\r\r', ['data: 1\r|\r', 'data: 2\r|\r']],
    ['many lines', 'event: x\ndata: 1\ndata: 2\n\n', ['event: x\ndata: 1\ndata: 2\n|\n']],
    ['comments', ': a\n: b\n\ndata: 1\n\n', [': a\n', ': b\n', '\n', 'data: 1\n|\n']],
    ['a comment in an event', 'data: 1\n: a\n\n', ['data: 1\n: a\n|\n']],
  ])('cuts at %s', (_, text, units) => {
    expect(shown(text)).toEqual(units)
  })

  it('sees a comment behind the byte order mark', () => {
    const { units } = split([new Uint8Array([0xef, 0xbb, 0xbf, 0x3a, 0x0a])])
    expect(units).toMatchObject([{ idAt: undefined }])
  })

  it('keeps what is no whole unit', () => {
    expect(decode(split([encode('data: 1\n\ndata: 2\n')]).rest)).toBe('data: 2\n')
  })

  it('loses and adds nothing, and finds the same events, wherever the bytes are cut', () => {
    const piece = fc.constantFrom(
      'data: x',
      'data:',
      ':',
      ': c',
      'id: 7',
      '\n',
      '\r',
      '\r\n',
      '\n\n',
      '\u00e9',
      '\ufeff',
    )
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 40 }),
        fc.array(fc.nat(), { maxLength: 8 }),
        (pieces, cuts) => {
          const bytes = encode(pieces.join(''))
          const at = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]
          const chunks = at.slice(1).map((end, index) => bytes.slice(at[index], end))
          const whole = split([bytes])
          const parts = split(chunks)
          expect(Buffer.concat([...parts.units.map((unit) => unit.bytes), parts.rest])).toEqual(
            Buffer.from(bytes),
          )
          const events = ({ units }: typeof whole): number =>
            units.filter(({ idAt }) => idAt !== undefined).length
          expect(events(parts)).toBe(events(whole))
        },
      ),
      { numRuns: 500 },
    )
  })
})
