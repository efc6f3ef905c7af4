/** A message as the wire has it. */
export interface WireMessage {
  readonly role: 'system' | 'developer' | 'user' | 'assistant' | 'tool'
  readonly content?: string | readonly Readonly<Record<string, unknown>>[] | null
  /** Of a `tool` message: which call it answers. */
  readonly tool_call_id?: string
  readonly tool_calls?: readonly Readonly<Record<string, unknown>>[]
  readonly [field: string]: unknown
}

/** The body of a request. Fields that are not named here pass through untouched; `stream: true` is added. */
export interface ChatRequest {
  readonly model: string
  readonly messages: readonly WireMessage[]
  /** 0 to 2. */
  readonly temperature?: number
  readonly top_p?: number
  readonly max_tokens?: number
  readonly frequency_penalty?: number
  readonly presence_penalty?: number
  readonly tools?: readonly Readonly<Record<string, unknown>>[]
  readonly tool_choice?: string | Readonly<Record<string, unknown>>
  readonly response_format?: Readonly<Record<string, unknown>>
  readonly web_search?: unknown
  readonly stream_options?: Readonly<Record<string, unknown>>
  readonly [field: string]: unknown
}
