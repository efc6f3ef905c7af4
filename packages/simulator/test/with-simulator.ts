import { onTestFinished } from 'vitest'
import { type Simulator, type SimulatorOptions, startSimulator } from '../src/index.js'

/** Starts a simulator that closes at the end of the test. */
export async function withSimulator(options?: SimulatorOptions): Promise<Simulator> {
  const simulator = await startSimulator(options)
  onTestFinished(() => simulator.close())
  return simulator
}
