import type { Model } from '../model/models.js'
import type { Random } from '../model/random.js'
import type { CompletionRequest } from '../request/completion-request.js'
import type { Prompt } from '../request/prompt.js'
import type { Script } from './script.js'

export function writeScripts(
  request: CompletionRequest,
  prompt: Prompt,
  model: Model,
  _random: Random,
): Script[] {
  return Array.from({ length: request.n ?? 1 }, () => ({
    reasoning: model.thinks ? [`Let me think about “${prompt.text}” first.\n`] : [],
    content: [
      `You said: “${prompt.text}”.\n\nThis is a scripted answer from a simulator, not from a model.\n`,
    ],
  }))
}
