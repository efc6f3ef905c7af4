import { ChatStreamError, defined } from '../errors/chat-stream-error.js'
import type { Message } from '../message/message.js'
import { newId } from '../message/new-id.js'
import type { ChatSession, ChatSessionOptions, SendOptions } from './chat-session.js'
import { createPacer } from './create-pacer.js'
import { createSessionOutput } from './create-session-output.js'
import { createTurns } from './create-turns.js'
import { mergeMessages, upTo } from './merge-messages.js'
import { createMemoryStore, withFields } from './message-store.js'
import { toChatStreamError } from './to-chat-stream-error.js'
import { type ChatInput, toUserMessage } from './to-user-message.js'
import { toWireMessages } from './to-wire-messages.js'
import type { Turn } from './turn.js'

/**
 * A conversation of many turns over one client: the state that user interfaces bind to.
 *
 * No method needs `this`, and none throws or rejects: what goes wrong is in the state.
 *
 * @example
 * ```ts
 * import { createChatClient, createChatSession } from '@chatstream/core'
 *
 * const session = createChatSession({ client: createChatClient({ apiKey: 'KEY' }), model: 'deepseek-chat' })
 * session.state$.subscribe(({ status, messages }) => console.log(status, messages.at(-1)?.parts))
 * await session.sendMessage('Hello')
 * ```
 */
export function createChatSession(options: ChatSessionOptions): ChatSession {
  const { id = newId() } = options
  const store = options.store ?? createMemoryStore(options.initialMessages)
  let disposed = false

  const turns = createTurns(() => createPacer(publish, options.pace), {
    onChange: () => publish(),
    onSettle(turn, answer, cause) {
      if (disposed) return undefined
      output.setError(cause)
      const isKept = answer.parts.length > 0 || answer.state === 'complete'
      let next: Promise<Message | undefined> | undefined
      try {
        keep(turn.question, { streamId: undefined }, isKept ? [answer] : [])
        if (answer.state === 'complete') next = optionsOf(turn.options).tools?.call(answer, turn, toolSession)
      } catch (cause) {
        output.setError(cause)
      }
      output.tellEnd(answer)
      return next ?? answer
    },
    onCost: (answer) =>
      attempt(() => {
        const { usage, cost, report } = answer
        store.update((stored) => withFields(stored, answer.id, defined({ usage, cost, report })))
        output.tellCost(answer)
      }),
    onStream: ({ question, streamId }) => attempt(() => keep(question, { streamId })),
    onStop: ({ question, streamId, isRunning, options }) =>
      attempt(() => {
        // An answer that the server keeps goes on until it is told.
        if (streamId) optionsOf(options).client.stop?.(streamId).catch(tellError)
        if (!isRunning && question.role === 'user') keep(question, { state: 'aborted' })
      }),
    request({ question, streamId, options }) {
      const { client, model, request, tools } = optionsOf(options)
      if (streamId && client.resume) return client.resume(streamId)
      return client.stream({
        ...tools?.request,
        ...request,
        model,
        messages: toWireMessages(upTo(output.messages(), question.id)),
      })
    },
  })

  const output = createSessionOutput(store, turns)
  const { publish, tellError } = output

  /** Nothing is done once it is disposed. What a step throws becomes the state's error. */
  const attempt = <T>(step: () => T): T | undefined => {
    try {
      return disposed ? undefined : step()
    } catch (cause) {
      tellError(cause)
      return undefined
    }
  }
  const method =
    <In extends unknown[], Out>(step: (...input: In) => Out) =>
    async (...input: In): Promise<Awaited<Out> | undefined> =>
      await attempt(() => step(...input))

  /** Keeps a question, what became of it, and its answer. */
  const keep = (
    question: Message,
    fields: Partial<Message> = question,
    answers: readonly Message[] = [],
  ): void =>
    store.update((stored) =>
      mergeMessages(withFields(stored, question.id, fields), [{ ...question, ...fields }, ...answers]),
    )

  /** As they are now. */
  const optionsOf = (sending: SendOptions): ChatSessionOptions => ({ ...options, ...defined(sending) })

  const toolSession = { store, turns }

  /** The turn that this message is part of, if it has not settled. */
  const turnOf = ({ id }: Message): Turn | undefined =>
    turns.open().find(({ question, answer }) => question.id === id || answer?.id === id)

  const accept = (question: Message, sending: SendOptions = {}): Turn => {
    output.setError(undefined)
    keep(question) // at once: it may wait for long, and the page be gone before
    return turnOf(question) ?? turns.add(question, sending)
  }

  const send = (question: Message, sending: SendOptions): Promise<Message | undefined> => {
    const turn = accept(question, sending)
    if (options.send) options.send(question, sending)
    else turns.start(turn)
    return turn.whenSettled
  }

  const stop = (): void => {
    turns.stop()
    publish()
  }

  /** Stops, and cuts off what comes after this message; and itself, if it is an answer or is edited. */
  const cut = (messageId: string | undefined, isEdited = false): void => {
    const message = found(output.messages().find(({ id }) => id === messageId))
    stop()
    const isKept = !isEdited && message.role !== 'assistant'
    store.update((stored) => upTo(stored, message.id).filter(({ id }) => isKept || id !== messageId))
  }

  return {
    id,
    ...output.view,
    sendMessage: method((input, sending = {}) => {
      const { whenBusy } = optionsOf(sending)
      const isBusy = turns.open().length > 0
      if (isBusy && whenBusy === 'refuse') return undefined
      const question = toUserMessage(input)
      const { messageId } = input as ChatInput
      if (messageId !== undefined) cut(messageId, true)
      else if (isBusy && whenBusy === 'interrupt') stop()
      return send(question, sending)
    }),
    stop,
    regenerate: method((messageId, sending = {}) => {
      cut(messageId ?? output.messages().at(-1)?.id)
      // It may have been stopped, or have failed.
      return send({ ...found(store.get().at(-1)), state: 'complete', error: undefined }, sending)
    }),
    addToolResult: method((result, sending = {}) => {
      const { tools } = optionsOf(sending)
      if (!tools) throw new ChatStreamError('unsupported', 'This takes the option `tools`: see createTools.')
      const question = tools.answer(result, toolSession)
      publish()
      return question && send(question, sending)
    }),
    resume: method((sending = {}) => {
      const question = store.get().findLast((message) => message.streamId)
      if (!question) return undefined
      if (!turnOf(question) && !optionsOf(sending).client.resume)
        throw new ChatStreamError('unsupported', 'This takes the option `resumable`: see createChatClient.')
      const turn = accept(question, sending)
      turn.streamId = question.streamId
      turns.start(turn)
      return turn.whenSettled
    }),
    setMessages: (messages) =>
      attempt(() => {
        store.update(typeof messages === 'function' ? messages : () => messages)
        publish()
      }),
    clearError: () => tellError(undefined),
    accept: method((question) => accept(question).whenSettled),
    answer: method((question, sending, onBegin) => {
      const turn = accept(question)
      turn.options = sending ?? turn.options
      turn.onBegin = onBegin
      turns.start(turn)
      return turn.whenSettled
    }),
    reject: (question, cause) =>
      attempt(() => {
        const turn = turnOf(question)
        if (!turn || turn.isRunning) return
        keep(question, { state: 'failed', error: toChatStreamError(cause).toJSON() })
        output.setError(cause) // before the turn is gone, or the session would seem ready
        turns.remove(turn)
        throw cause
      }),
    isOpen: (message) => turnOf(message) !== undefined,
    refresh: publish,
    dispose() {
      disposed = true
      turns.stop()
      publish()
      output.complete()
    },
    toJSON: () => ({ version: 1, id, messages: output.messages() }),
  }
}

function found(message: Message | undefined): Message {
  if (message !== undefined) return message
  throw new ChatStreamError('unsupported', 'There is no such message.')
}
