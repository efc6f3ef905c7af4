/** The JSON of one streamed event, in AllToken's (OpenAI's) shape. */
export interface CompletionChunk {
  readonly id: string
  readonly object: 'chat.completion.chunk'
  readonly created: number
  readonly model: string
  readonly choices: readonly ChunkChoice[]
  readonly usage?: Usage
}

/** What one event adds to one choice. */
export interface ChunkChoice {
  readonly index: number
  readonly delta: Delta
  readonly finish_reason: FinishReason | null
}

/** The new piece of a message. */
export interface Delta {
  readonly role?: 'assistant'
  readonly content?: string | null
  readonly reasoning_content?: string
  readonly tool_calls?: readonly ToolCallDelta[]
}

/** The new piece of a tool call: id and name come first, the arguments in fragments after them. */
interface ToolCallDelta {
  readonly index: number
  readonly id?: string
  readonly type?: 'function'
  readonly function: { readonly name?: string; readonly arguments: string }
}

/** Why a choice ended. */
export type FinishReason = 'stop' | 'length' | 'tool_calls'

/** Token counts of one completion. */
export interface Usage {
  readonly prompt_tokens: number
  readonly completion_tokens: number
  readonly total_tokens: number
  readonly completion_tokens_details: { readonly reasoning_tokens: number }
}
