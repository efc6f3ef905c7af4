// One contender, one process: reads bodies as the first argument says, and prints what each pass took.
import type { Decode } from './decode.js'
import { decodeContenders, PARSE_ALONE } from './decode-contenders.js'
import { type Body, type BodySpec, makeBody } from './make-body.js'
import { measureParse } from './measure-parse.js'
import { respondWith } from './respond-with.js'
import { type DecodeCost, runFor } from './run-for.js'

export interface DecodeTask {
  readonly contender: string
  readonly bodies: readonly BodySpec[]
}

const run = async (decode: Decode, body: Body): Promise<void> => {
  const text = await decode(respondWith(body))
  if (text !== body.text) {
    throw new Error(`Another text: ${text.length} characters, not ${body.text.length}.`)
  }
}

/** Long enough that the compiler has done, and that what else the machine does evens out. */
const ENOUGH_MS = 1000

async function measure(decode: Decode, spec: BodySpec): Promise<DecodeCost> {
  const body = makeBody(spec)
  // By several answers: what was compiled for the first one alone is compiled anew for the second.
  const few = spec.chunks === '7 B' ? 100 : 2_000
  const warmUp = makeBody({ ...spec, events: few })
  // No collection is forced in between: it would take the shapes of the chunks with it, which on a busy server never
  // die, and all code that was compiled for them.
  await runFor(ENOUGH_MS, 10, few, () => run(decode, warmUp))
  return runFor(ENOUGH_MS, 1, spec.events, () => run(decode, body))
}

const { contender, bodies } = JSON.parse(process.argv[2] ?? '') as DecodeTask
const costs: DecodeCost[] = []
if (contender === PARSE_ALONE) {
  for (const spec of bodies) costs.push(await measureParse(spec, ENOUGH_MS))
} else {
  const loaded = await decodeContenders[contender]?.load()
  if (loaded === undefined) throw new Error(`There is no contender ${contender}.`)
  for (const spec of bodies) costs.push(await measure(loaded.decode, spec))
}
process.stdout.write(JSON.stringify(costs))
