import { writeScript } from '../answers/write-script.js'
import type { JournalRecord } from '../journal/create-journal.js'
import { findModel, type Model } from '../model/models.js'
import { createRandom } from '../model/random.js'
import { parseCompletionRequest } from '../request/completion-request.js'
import { countPromptTokens } from '../request/count-prompt-tokens.js'
import { readPrompt } from '../request/prompt.js'
import type { Completion } from '../steps/completion.js'
import { pace, type Speed } from '../steps/pace.js'
import type { Step } from '../steps/step.js'
import { streamCompletion } from '../steps/stream-completion.js'
import { wholeCompletion } from '../steps/whole-completion.js'
import { unknownModel } from './list-models.js'
import type { RequestIdentity, SimulatorSettings } from './simulator-settings.js'

/** What is known of a request for a completion before its body is read. */
export interface CompletionCall {
  readonly apiKey: string
  /** The header `x-simulator-fault`. */
  readonly faultHeader: string
  readonly identity: RequestIdentity
  readonly record: JournalRecord
  readonly settings: SimulatorSettings
}

/**
 * Makes the steps that answer a request for a completion: the script, as a stream or whole, at the model's pace, as
 * the faults leave it.
 *
 * @throws ApiError for a body, a model or a fault that is not accepted.
 */
export function answerCompletion(body: unknown, call: CompletionCall): Iterable<Step> {
  const { apiKey, identity, record, settings } = call
  const request = parseCompletionRequest(body)
  const model = findModel(request.model)
  if (model === undefined) throw unknownModel(request.model)
  const prompt = readPrompt(request.messages)
  const faults = settings.faultDesk.choose([call.faultHeader, ...prompt.faults])
  record.update({ faults: faults.map((fault) => fault.name) })
  const random = createRandom(identity.seed)
  const completion: Completion = {
    id: `chatcmpl-${random.text(24)}`,
    created: identity.created,
    model,
    request,
    promptTokens: countPromptTokens(request),
    scripts: Array.from({ length: request.n ?? 1 }, (_, choice) =>
      writeScript(request, model, prompt.tokens, `${identity.seed} ${choice}`),
    ),
  }
  const answer = request.stream === true ? streamCompletion(completion) : wholeCompletion(completion)
  // A source of its own, so that the speed does not change what is said.
  const paced = pace(answer, speedOf(model, settings), createRandom(`${identity.seed} jitter`))
  return faults.reduce<Iterable<Step>>((steps, fault) => fault.apply(steps, { completion, apiKey }), paced)
}

function speedOf(model: Model, { tokensPerSecond, firstTokenMs, jitter }: SimulatorSettings): Speed {
  return {
    tokensPerSecond: tokensPerSecond === 'natural' ? model.tokensPerSecond : tokensPerSecond,
    firstTokenMs: firstTokenMs === 'natural' ? model.firstTokenMs : firstTokenMs,
    jitter,
  }
}
