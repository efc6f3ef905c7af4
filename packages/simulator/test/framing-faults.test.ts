import { expect, test } from 'vitest'
import { ask, bodyOf, type Question, type Reply } from './ask.js'
import { withSimulator } from './with-simulator.js'

const question: Question = { max_tokens: 4, prompt: 'こんにちは' }
const askWith = async (faults: string): Promise<Reply> => ask(await withSimulator(), { ...question, faults })

const plainBody = async (): Promise<string> => bodyOf(await askWith(''))

test('crlf ends every line with CR LF', async () => {
  expect(bodyOf(await askWith('crlf'))).toBe((await plainBody()).replaceAll('\n', '\r\n'))
})

test('cr ends every line with a lone CR', async () => {
  const body = bodyOf(await askWith('cr'))
  expect(body).toBe((await plainBody()).replaceAll('\n', '\r'))
})

test('bom begins with a byte order mark', async () => {
  const { pieces, text } = await askWith('bom')
  expect(pieces[0]).toEqual(Buffer.from([0xef, 0xbb, 0xbf]))
  expect(bodyOf({ text } as Reply)).toBe(`\uFEFF${await plainBody()}`)
})

test('no-space leaves out the space after the colon', async () => {
  expect(bodyOf(await askWith('no-space'))).toBe((await plainBody()).replaceAll('data: ', 'data:'))
})

test('multi-line spreads each object over several data lines', async () => {
  const { text } = await askWith('multi-line')
  const [first = ''] = text.split('\n\n')
  expect(first).toMatch(/^data: \{\ndata: {2}"id"/)
  expect(JSON.parse(first.replaceAll('data: ', ''))).toMatchObject({ object: 'chat.completion.chunk' })
})

test.each([1, 2, 7])('cut writes %i bytes at a time, also inside characters', async (size) => {
  const reply = await askWith(`cut size=${size}`)
  expect(bodyOf(reply)).toBe(await plainBody())
  expect(Math.max(...reply.pieces.map((piece) => piece.byteLength))).toBe(size)
  if (size < 3) expect(reply.pieces.some((piece) => piece.toString().includes('\uFFFD'))).toBe(true)
})

test('comments sends a comment before every write', async () => {
  const events = (await plainBody()).split(/(?<=\n\n)/)
  expect(bodyOf(await askWith('comments text="OPENROUTER PROCESSING"'))).toBe(
    events.map((event) => `: OPENROUTER PROCESSING\n\n${event}`).join(''),
  )
})

test('comment-as-data sends a comment as data before every event', async () => {
  expect(bodyOf(await askWith('comment-as-data'))).toBe(
    (await plainBody()).replaceAll('data: ', 'data: : keep-alive\n\ndata: '),
  )
})

test('several are applied in the same order, however they were asked for', async () => {
  const simulator = await withSimulator()
  const [one, other] = [
    await ask(simulator, { ...question, faults: 'bom, cut size=1, crlf, comments' }),
    await ask(simulator, { ...question, faults: 'comments, crlf, cut size=1, bom' }),
  ]
  expect(bodyOf(one)).toBe(bodyOf(other))
  expect(bodyOf(one)).toMatch(/^\uFEFF: keep-alive\r\n\r\n/)
})
