import { type ChatClient, createChatClient } from '@chatstream/core'

export interface Connection {
  readonly client: ChatClient
  /** To be said before the first answer. */
  readonly notice?: string
  readonly close: () => Promise<void>
}

/** The real service if a key or a base URL is given; else a simulator of our own. */
export async function connect(env: NodeJS.ProcessEnv): Promise<Connection> {
  const apiKey = env['ALLTOKEN_API_KEY']?.trim() || undefined
  const baseURL = env['ALLTOKEN_BASE_URL']?.trim() || undefined
  if (apiKey !== undefined || baseURL !== undefined) {
    const client = createChatClient({ apiKey, ...(baseURL !== undefined && { baseURL }) })
    return { client, close: async () => {} }
  }
  const tokensPerSecond = Number(env['CHATSTREAM_SIMULATOR_TOKENS_PER_SECOND'] || 40)
  if (!(tokensPerSecond > 0)) throw new Error('CHATSTREAM_SIMULATOR_TOKENS_PER_SECOND must be above 0.')
  // Loaded only here: those who ask a real server need not wait for a tokenizer and its tables.
  const { startSimulator } = await import('@chatstream/simulator')
  const simulator = await startSimulator({
    tokensPerSecond,
    firstTokenMs: 12_000 / tokensPerSecond,
    jitter: 0.5,
  })
  return {
    client: createChatClient({ baseURL: simulator.url, apiKey: 'any' }),
    notice: 'ALLTOKEN_API_KEY is not set: a simulator on this machine answers, with scripted text.',
    close: simulator.close,
  }
}
