import { describe } from 'vitest'
import { describeAttempts } from './describe-attempts.js'
import { describeLeaving } from './describe-leaving.js'
import { describeStarting } from './describe-starting.js'
import { describeTakingTheirPlace } from './describe-taking-their-place.js'
import type { LifecycleHarness } from './harness.js'

/**
 * What must hold of a chat in every phase of an answer, from the waiting for the key to the end of the body, whoever
 * shows it.
 *
 * @example
 * ```ts
 * describeLifecycle('the session', {
 *   actions: ['stop', 'dispose', 'regenerate', 'edit'],
 *   hasReports: true,
 *   mount: (options) => {
 *     const session = createChatSession({ client: createChatClient(options), model: 'deepseek-chat' })
 *     return { ...session, onState: (listener) => session.state$.pipe(skip(1)).subscribe(listener) }
 *   },
 *   origin: () => new URL(simulator.url).origin,
 *   requests: () => simulator.journal.entries.map(toSeenRequest),
 *   reset: (path) => simulator.resetConnections(path),
 * })
 * ```
 */
export function describeLifecycle(name: string, harness: LifecycleHarness): void {
  describe(`the lifecycle of ${name}`, () => {
    describeStarting(harness)
    describeLeaving(harness)
    describeAttempts(harness)
    describeTakingTheirPlace(harness)
  })
}
