/** The public API, grouped by stage. */

// completion chunks
export type { CompletionChunk } from './chunk/completion-chunk.js'
export type { Cost } from './chunk/cost.js'
// the client
export {
  type ChatClient,
  type ChatClientOptions,
  type ChatTimeouts,
  createChatClient,
} from './create-chat-client.js'
// errors
export {
  ChatStreamError,
  type ChatStreamErrorData,
  type ChatStreamErrorDetails,
  type ChatStreamErrorKind,
  isChatStreamError,
  type PartialMessage,
} from './errors/chat-stream-error.js'
// chat events
export type {
  AnswerEnd,
  AnswerReset,
  AttemptFailed,
  AttemptStart,
  ChatEvent,
  ChoiceEnd,
  CommentEvent,
  CostReport,
  ReasoningDelta,
  RefusalDelta,
  ResponseStart,
  TextDelta,
  ToolCallDelta,
  UsageReport,
} from './event/chat-event.js'
export type { Usage } from './event/usage.js'
// request
export type { ChatRequest, WireMessage } from './http/chat-request.js'
export type { Fetch } from './http/fetch-response.js'
export type { ApiKey, Endpoint } from './http/http-request.js'
// message
export { type AccumulateOptions, accumulateMessage } from './message/accumulate-message.js'
export { finalMessage } from './message/final-message.js'
export type {
  ImagePart,
  Message,
  MessagePart,
  ReasoningPart,
  RefusalPart,
  TextPart,
  ToolCallPart,
} from './message/message.js'
export { emptyMessage, reduceMessage } from './message/reduce-message.js'
export { reasoning, text } from './message/text.js'
// policies
export { authorize } from './policy/authorize.js'
export type { CircuitBreakerLimits } from './policy/circuit-breaker.js'
export { type ContentClocks, contentClocks } from './policy/content-clocks.js'
export { createKeyring, type KeyHolder, type Keyring, type RefreshApiKey } from './policy/create-keyring.js'
export { deadline } from './policy/deadline.js'
export { failover } from './policy/failover.js'
export { type Recovery, recover } from './policy/recover.js'
export { type RetryLimits, retry } from './policy/retry.js'
// server-sent events
export { parseSse, type SseOptions } from './sse/parse-sse.js'
export { isComment, type ServerSentEvent, type SseComment, type SseEvent } from './sse/server-sent-event.js'
