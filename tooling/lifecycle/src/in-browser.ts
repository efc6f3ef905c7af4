import { commands } from 'vitest/browser'
import type { LifecycleHarness } from './harness.js'
import type { SeenRequest } from './seen-request.js'

declare module 'vitest/browser' {
  interface BrowserCommands {
    readonly simulatorOrigin: () => Promise<string>
    readonly seenRequests: () => Promise<readonly SeenRequest[]>
    readonly resetConnections: (path: string) => Promise<void>
  }
}

/** The simulator that runs beside the page, in Node. */
export async function simulatorFromPage(): Promise<Pick<LifecycleHarness, 'origin' | 'requests' | 'reset'>> {
  const { simulatorOrigin, seenRequests, resetConnections } = commands
  const origin = await simulatorOrigin()
  return { origin: () => origin, requests: seenRequests, reset: resetConnections }
}
