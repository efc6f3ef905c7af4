import type { Step, WriteStep } from '../steps/step.js'
import { commentStep, textStep } from '../steps/write-step.js'
import { defineFault } from './define-fault.js'
import type { Fault } from './fault.js'
import { parameter } from './parameter.js'

/** Faults in how events are put into bytes. A robust client reads the same answer through all of them. */
export const framingFaults: Readonly<Record<string, Fault>> = {
  'multi-line': defineFault(
    'Spreads the JSON of an event over several `data:` lines.',
    {},
    function* (steps) {
      for (const step of steps) {
        if (step.do !== 'write' || step.chunk === undefined) yield step
        else yield { ...step, data: `${JSON.stringify(step.chunk, null, 1).replace(/^/gm, 'data: ')}\n\n` }
      }
    },
  ),
  comments: defineFault(
    'Sends a comment before every write.',
    { text: parameter.text('keep-alive') },
    function* (steps, { text }) {
      for (const step of steps) {
        if (step.do === 'write') yield commentStep(text)
        yield step
      }
    },
  ),
  'comment-as-data': defineFault(
    'Sends a comment wrapped as data, `data: : …`, before every event.',
    { text: parameter.text('keep-alive') },
    function* (steps, { text }) {
      for (const step of steps) {
        if (step.do === 'write' && step.events > 0)
          yield { ...textStep(`data: : ${text}\n\n`, 'comment'), events: 1 }
        yield step
      }
    },
  ),
  'no-space': defineFault('Leaves out the space after `data:`.', {}, (steps) =>
    mapText(steps, (text) => text.replace(/^data: /gm, 'data:')),
  ),
  crlf: defineFault('Ends lines with CR LF.', {}, (steps) =>
    mapText(steps, (text) => text.replaceAll('\n', '\r\n')),
  ),
  cr: defineFault('Ends lines with a lone CR.', {}, (steps) =>
    mapText(steps, (text) => text.replaceAll('\n', '\r')),
  ),
  bom: defineFault('Begins the body with a byte order mark.', {}, function* (steps) {
    for (const step of steps) {
      yield step
      if (step.do === 'headers') yield textStep('\uFEFF', 'fragment')
    }
  }),
  cut: defineFault(
    'Writes `size` bytes at a time.',
    { size: parameter.count(1, 1) },
    function* (steps, { size }) {
      for (const step of steps) yield* step.do === 'write' ? pieces(step, size) : [step]
    },
  ),
}

function* mapText(steps: Iterable<Step>, change: (text: string) => string): Generator<Step> {
  for (const step of steps) {
    yield step.do === 'write' && typeof step.data === 'string' ? { ...step, data: change(step.data) } : step
  }
}

function* pieces(step: WriteStep, size: number): Generator<Step> {
  const bytes = Buffer.from(step.data)
  const last = Math.floor((bytes.byteLength - 1) / size) * size
  for (let start = 0; start < last; start += size) {
    yield { do: 'write', part: 'fragment', data: bytes.subarray(start, start + size), tokens: 0, events: 0 }
  }
  yield { ...step, data: bytes.subarray(last) }
}
