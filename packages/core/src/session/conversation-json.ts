import { ChatStreamError } from '../errors/chat-stream-error.js'
import type { Message } from '../message/message.js'

/** A conversation as plain data, to be stored. */
export interface Conversation {
  readonly version: 1
  readonly id: string
  readonly messages: readonly Message[]
}

/**
 * Reads a stored conversation back: options for `createChatSession`. An answer that was still streaming when it was
 * stored is `aborted`. Errors with `malformed`, and says what is wrong, if it is not such data.
 *
 * @example
 * ```ts
 * import { createChatClient, createChatSession, fromJSON } from '@chatstream/core'
 *
 * const client = createChatClient({ apiKey: 'KEY' })
 * const session = createChatSession({ client, model: 'deepseek-chat' })
 * const stored = JSON.stringify(session)
 * const again = createChatSession({ client, model: 'deepseek-chat', ...fromJSON(JSON.parse(stored)) })
 * ```
 */
export function fromJSON(data: unknown): {
  readonly id: string
  readonly initialMessages: readonly Message[]
} {
  const { version, id, messages } = asRecord(data, 'The conversation')
  if (version !== 1) throw malformed('is not of version 1, which this library reads')
  if (typeof id !== 'string') throw malformed('has no id')
  if (!Array.isArray(messages)) throw malformed('has no list of messages')
  return { id, initialMessages: messages.map(readMessage) }
}

function readMessage(data: unknown, position: number): Message {
  const message = asRecord(data, `Message ${position}`)
  const isPart = (part: unknown): boolean => {
    const { type, ...fields } = asRecord(part, `A part of message ${position}`)
    const needed = neededFields.get(type)
    return needed?.every((field) => typeof fields[field] === 'string') ?? false
  }
  const valid =
    typeof message['id'] === 'string' &&
    roles.includes(message['role']) &&
    states.includes(message['state']) &&
    Array.isArray(message['parts']) &&
    message['parts'].every(isPart)
  if (!valid) throw malformed(`holds something else than a message at position ${position}`)
  const checked = message as unknown as Message
  return checked.state === 'streaming' ? { ...checked, state: 'aborted' } : checked
}

const roles: readonly unknown[] = ['system', 'user', 'assistant', 'tool']
const states: readonly unknown[] = ['streaming', 'complete', 'aborted', 'failed']
const neededFields: ReadonlyMap<unknown, readonly string[]> = new Map([
  ['text', ['text']],
  ['reasoning', ['text']],
  ['refusal', ['text']],
  ['image', ['url']],
  ['tool-call', ['id', 'name', 'arguments']],
])

function asRecord(value: unknown, what: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null) return value as Record<string, unknown>
  throw new ChatStreamError('malformed', `${what} is not an object: it cannot be read.`, { raw: value })
}

const malformed = (what: string): ChatStreamError =>
  new ChatStreamError('malformed', `The stored conversation ${what}.`)
