/** What the simulated model says in one choice. The parts are sent in this order. */
export interface Script {
  /** The reasoning, in passages to be sent one after the other. */
  readonly reasoning: Iterable<string>
  /** The answer, in passages to be sent one after the other. */
  readonly content: Iterable<string>
  /** The call of a tool, in the place of an answer. */
  readonly toolCall?: ToolCall
}

/** The call of a tool. */
export interface ToolCall {
  readonly id: string
  readonly name: string
  /** JSON. */
  readonly arguments: string
}
