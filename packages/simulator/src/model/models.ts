/** A model that the simulator plays. */
export interface Model {
  readonly id: string
  /** Whether the model sends its reasoning before its answer. */
  readonly thinks: boolean
  /** US dollars per million tokens, as a decimal with at most three decimals. */
  readonly inputPrice: string
  /** US dollars per million tokens, as a decimal with at most three decimals. */
  readonly outputPrice: string
  /** Tokens per second when the speed is `natural`. */
  readonly tokensPerSecond: number
  /** Milliseconds to the first token when the speed is `natural`. */
  readonly firstTokenMs: number
}

/** The models of the simulator, in the order of `GET /models`. */
export const models: readonly Model[] = [
  {
    id: 'claude-sonnet-4',
    thinks: false,
    inputPrice: '3',
    outputPrice: '15',
    tokensPerSecond: 40,
    firstTokenMs: 300,
  },
  {
    id: 'deepseek-reasoner',
    thinks: true,
    inputPrice: '0.55',
    outputPrice: '2.19',
    tokensPerSecond: 60,
    firstTokenMs: 500,
  },
  {
    id: 'deepseek-chat',
    thinks: false,
    inputPrice: '0.28',
    outputPrice: '0.42',
    tokensPerSecond: 80,
    firstTokenMs: 200,
  },
]

/** Finds a model by its id. */
export function findModel(id: string): Model | undefined {
  return models.find((model) => model.id === id)
}
