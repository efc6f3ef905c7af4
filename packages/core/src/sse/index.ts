/** The parser alone, for those who want server-sent events as an observable and nothing else. */
export { ChatStreamError, isChatStreamError } from '../errors/chat-stream-error.js'
export { parseSse, type SseOptions } from './parse-sse.js'
export { isComment, type ServerSentEvent, type SseComment, type SseEvent } from './server-sent-event.js'
