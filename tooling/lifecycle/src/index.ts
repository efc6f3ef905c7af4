export { describeLifecycle } from './describe-lifecycle.js'
export type {
  LifecycleAction,
  LifecycleChat,
  LifecycleClientOptions,
  LifecycleHarness,
  ShownMessage,
  ShownState,
} from './harness.js'
export { type SeenRequest, toSeenRequest } from './seen-request.js'
