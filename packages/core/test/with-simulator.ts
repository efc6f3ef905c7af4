import { type Simulator, type SimulatorOptions, startSimulator } from '@chatstream/simulator'
import { onTestFinished } from 'vitest'
import { type ChatClient, type ChatClientOptions, createChatClient } from '../src/index.js'

/** A simulator that closes at the end of the test, and a client for it that asks once. */
export async function withSimulator(
  simulatorOptions: SimulatorOptions,
  clientOptions: ChatClientOptions = {},
): Promise<{ simulator: Simulator; client: ChatClient }> {
  const simulator = await startSimulator(simulatorOptions)
  onTestFinished(() => simulator.close())
  const client = createChatClient({ baseURL: simulator.url, apiKey: 'KEY', retry: false, ...clientOptions })
  return { simulator, client }
}
