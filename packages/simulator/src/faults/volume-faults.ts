import { afterTokens } from '../steps/after-tokens.js'
import type { Step } from '../steps/step.js'
import { textStep } from '../steps/write-step.js'
import { defineFault } from './define-fault.js'
import type { Fault } from './fault.js'
import { parameter } from './parameter.js'

/** Faults that send more than a client should take. All wait while the client does not read. */
export const volumeFaults: Readonly<Record<string, Fault>> = {
  'endless-line': defineFault(
    'Sends one line of `bytes` bytes after `after` tokens, then ends the body.',
    { after: parameter.count(0), bytes: parameter.count(8 * 1024 * 1024, 1) },
    (steps, { after, bytes }) =>
      afterTokens(steps, after, function* () {
        const start = 'data: {"choices":[{"index":0,"delta":{"content":"'
        yield textStep(start.slice(0, bytes), 'fragment')
        const block = 'x'.repeat(blockBytes)
        for (let left = bytes - start.length; left > 0; left -= blockBytes) {
          yield textStep(left < blockBytes ? block.slice(0, left) : block, 'fragment')
        }
      }),
  ),
  flood: defineFault(
    'Sends events as fast as the client takes them, at least `bytes` bytes of them, before the rest of the answer.',
    { after: parameter.count(0), bytes: parameter.count(200_000_000, 1) },
    (steps, { after, bytes }, { completion: { id, created, model } }) =>
      afterTokens(steps, after, function* (next, rest) {
        const choices = [{ index: 0, delta: { content: 'flood ' }, finish_reason: null }]
        const event = `data: ${JSON.stringify({ id, object: 'chat.completion.chunk', created, model: model.id, choices })}\n\n`
        const events = Math.ceil(blockBytes / event.length)
        const block = Buffer.from(event.repeat(events))
        for (let left = bytes; left > 0; left -= block.byteLength) {
          yield { do: 'write', part: 'fragment', data: block, tokens: 0, events } satisfies Step
        }
        yield next
        yield* rest
      }),
  ),
}

const blockBytes = 64 * 1024
