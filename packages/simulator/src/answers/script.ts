import type { TokenPiece } from '../model/token-pieces.js'

/** What the simulated model says in one choice. The parts are sent in this order, token by token. */
export interface Script {
  readonly reasoning: Iterable<TokenPiece>
  readonly content: Iterable<TokenPiece>
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
