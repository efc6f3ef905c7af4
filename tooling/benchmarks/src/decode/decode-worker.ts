// One contender, one process: reads bodies as the first argument says, and prints what each pass took.
import type { Decode } from './decode.js'
import { decodeContenders, PARSE_ALONE } from './decode-contenders.js'
import { type Body, type BodySpec, makeBody } from './make-body.js'
import { measureParse } from './measure-parse.js'
import { respondWith } from './respond-with.js'

export interface DecodeTask {
  readonly contender: string
  readonly bodies: readonly BodySpec[]
}

/** What an event takes, in nanoseconds. */
export interface DecodeCost {
  readonly cpu: number
  readonly wall: number
}

const run = async (decode: Decode, body: Body): Promise<void> => {
  const text = await decode(respondWith(body))
  if (text !== body.text) {
    throw new Error(`Another text: ${text.length} characters, not ${body.text.length}.`)
  }
}

async function measure(decode: Decode, spec: BodySpec): Promise<DecodeCost> {
  const body = makeBody(spec)
  // Short bodies are read so often that the clock is fine enough.
  const passes = spec.chunks === '7 B' ? 1 : Math.ceil(64_000 / spec.events)
  // By several answers: what was compiled for the first one alone is compiled anew for the second.
  const warmUp = makeBody({ ...spec, events: spec.chunks === '7 B' ? 100 : 2_000 })
  for (let pass = 0; pass < 10; pass++) await run(decode, warmUp)
  globalThis.gc?.()
  const cpu = process.cpuUsage()
  const wall = process.hrtime.bigint()
  for (let pass = 0; pass < passes; pass++) await run(decode, body)
  const took = Number(process.hrtime.bigint() - wall)
  const { user, system } = process.cpuUsage(cpu)
  const events = spec.events * passes
  return { cpu: ((user + system) * 1000) / events, wall: took / events }
}

const { contender, bodies } = JSON.parse(process.argv[2] ?? '') as DecodeTask
const costs: DecodeCost[] = []
if (contender === PARSE_ALONE) costs.push(...bodies.map(measureParse))
else {
  const loaded = await decodeContenders[contender]?.load()
  if (loaded === undefined) throw new Error(`There is no contender ${contender}.`)
  for (const spec of bodies) costs.push(await measure(loaded.decode, spec))
}
process.stdout.write(JSON.stringify(costs))
