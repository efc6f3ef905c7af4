// One contender, one process: reads a body whenever it is its turn, and tells what an event has taken since it was warm.
import { takeTurns } from '../take-turns.js'
import { decodeContenders, PARSE_ALONE } from './decode-contenders.js'
import { type BodySpec, makeBody } from './make-body.js'
import { makeParse } from './make-parse.js'
import { respondWith } from './respond-with.js'
import { type DecodeCost, runFor } from './run-for.js'

export interface DecodeTask {
  readonly contender: string
  readonly body: BodySpec
}

/** The first is not counted. */
export type DecodeTurn = 'warm-up' | 'whole'

/** Short enough that what else the machine does hits all who take turns. */
const TURN_MS = 50

async function makeStep(contender: string, spec: BodySpec): Promise<() => unknown> {
  if (contender === PARSE_ALONE) return makeParse(spec)
  const loaded = await decodeContenders[contender]?.load()
  if (loaded === undefined) throw new Error(`There is no contender ${contender}.`)
  const body = makeBody(spec)
  return async () => {
    const text = await loaded.decode(respondWith(body))
    if (text !== body.text) {
      throw new Error(`Another text: ${text.length} characters, not ${body.text.length}.`)
    }
  }
}

const { contender, body } = JSON.parse(process.argv[2] ?? '') as DecodeTask
// To warm up with: what was compiled for a long answer alone is compiled anew for the next one.
const short = await makeStep(contender, { ...body, events: body.chunks === '7 B' ? 100 : 2_000 })
const whole = await makeStep(contender, body)

// No collection is forced: it would take the shapes of the chunks with it, which on a busy server never die, and all code
// that was compiled for them. What other threads do after a turn counts for the next.
let before = process.cpuUsage()
let wall = 0
let events = 0
takeTurns(async (turn: DecodeTurn): Promise<DecodeCost> => {
  if (turn === 'warm-up') {
    await runFor(TURN_MS, 2, short)
    await runFor(TURN_MS, 1, whole)
    before = process.cpuUsage()
  } else {
    const start = performance.now()
    events += body.events * (await runFor(TURN_MS, 1, whole))
    wall += performance.now() - start
  }
  const { user, system } = process.cpuUsage(before)
  return { cpu: ((user + system) * 1000) / events, wall: (wall * 1e6) / events }
})
