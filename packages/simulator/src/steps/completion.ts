import type { Script } from '../answers/script.js'
import type { Model } from '../model/models.js'
import type { CompletionRequest } from '../request/completion-request.js'

/** All that is known of an answer before its first token. */
export interface Completion {
  readonly id: string
  /** Seconds since the epoch. */
  readonly created: number
  readonly model: Model
  readonly request: CompletionRequest
  readonly promptTokens: number
  /** One for each choice. */
  readonly scripts: readonly Script[]
}
