export type { Journal, JournalEntry, Phase } from './journal/journal.js'
export { type Simulator, type SimulatorOptions, startSimulator } from './start-simulator.js'
