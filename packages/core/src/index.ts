// The public API, in the order in which a byte becomes a conversation.

// request

export type { ChatRequest, WireMessage } from './http/chat-request.js'
export { type Demand, withDemand } from './http/demand.js'
export type { Fetch } from './http/fetch-response.js'
export type { ApiKey, Endpoint } from './http/http-request.js'
export { isEventStream } from './http/read-response.js'

// server-sent events

export { parseSse, type SseOptions } from './sse/parse-sse.js'
export { isComment, type ServerSentEvent, type SseComment, type SseEvent } from './sse/server-sent-event.js'

// completion chunks

export type { CompletionChunk } from './chunk/completion-chunk.js'
export type { Cost } from './chunk/cost.js'

// chat events

export {
  type AnswerEnd,
  type AnswerReset,
  type AttemptFailed,
  type AttemptStart,
  type ChatEvent,
  type ChoiceEnd,
  type CommentEvent,
  type CostReport,
  isContent,
  type ReasoningDelta,
  type RefusalDelta,
  type ResponseStart,
  type TextDelta,
  type ToolCallDelta,
  type UsageReport,
} from './event/chat-event.js'
export { contentIn } from './event/content-in.js'
export type { Usage } from './event/usage.js'

// message

export { type AccumulateOptions, accumulateMessage } from './message/accumulate-message.js'
export { finalMessage } from './message/final-message.js'
export type {
  ImagePart,
  Message,
  MessagePart,
  ReasoningPart,
  RefusalPart,
  Report,
  TextPart,
  ToolCallPart,
} from './message/message.js'
export { emptyMessage, reduceMessage } from './message/reduce-message.js'
export { reasoning, text } from './message/text.js'
export { authorize } from './policy/authorize.js'
export type { CircuitBreakerLimits } from './policy/circuit-breaker.js'
export { type ContentClocks, contentClocks } from './policy/content-clocks.js'
export { createKeyring, type KeyHolder, type Keyring, type RefreshApiKey } from './policy/create-keyring.js'
export { deadline } from './policy/deadline.js'
export { failover } from './policy/failover.js'
export { type Recovery, recover } from './policy/recover.js'
export { type RetryLimits, retry } from './policy/retry.js'

// the client, and its policies

export { type ChatClient, type ChatClientOptions, createChatClient } from './create-chat-client.js'
export { type ClientParts, type Resumable, type ResumableMethods, resumable } from './resumable.js'
export type { ReconnectLimits } from './sse/reconnect.js'
export type { ChatTimeouts } from './stream-chat.js'

// session

export { type ChatCallbacks, type ChatFinish, tellCallbacks } from './session/chat-callbacks.js'
export type { ChatSession, ChatSessionOptions, SendOptions } from './session/chat-session.js'
export { type Conversation, fromJSON } from './session/conversation-json.js'
export { type ChatActions, createChatActions } from './session/create-chat-actions.js'
export { createChatSession } from './session/create-chat-session.js'
export { createPacer, type PaceOptions, type Pacer } from './session/create-pacer.js'
export {
  type ChatTool,
  type ChatTools,
  createTools,
} from './session/create-tools.js'
export { mergeMessages } from './session/merge-messages.js'
export { createMemoryStore, type MessageStore } from './session/message-store.js'
export type {
  AttemptProgress,
  ChatSessionEvent,
  ChatSessionState,
  ChatStatus,
} from './session/session-state.js'
export type { ChatInput } from './session/to-user-message.js'
export { toWireMessages } from './session/to-wire-messages.js'
export type { ToolResult, ToolSession, ToolTurn } from './session/tool-results.js'

// text, for views

export {
  createTextSplitter,
  type TextBlock,
  type TextBlocks,
  type TextSplitter,
  type TextSplitterOptions,
} from './text/create-text-splitter.js'
export { createTextView, type TextView, textStyles } from './text/create-text-view.js'

// errors

export {
  ChatStreamError,
  type ChatStreamErrorData,
  type ChatStreamErrorDetails,
  type ChatStreamErrorKind,
  isChatStreamError,
  type PartialMessage,
} from './errors/chat-stream-error.js'
