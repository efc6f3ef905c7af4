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
import { toUserMessage } from './to-user-message.js'
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

  const turns = createTurns(() => createPacer(() => output.publish(), options.pace), {
    onChange: () => output.publish(),
    onSettle(turn, answer, cause) {
      if (disposed) return undefined
      output.setError(cause)
      const isEmpty = answer.parts.length === 0 && answer.state !== 'complete'
      let next: Promise<Message | undefined> | undefined
      try {
        const settled = isEmpty ? [turn.question] : [turn.question, answer]
        store.update((stored) =>
          mergeMessages(withFields(stored, turn.question.id, { streamId: undefined }), settled),
        )
        if (answer.state === 'complete') next = optionsOf(turn.options).tools?.call(answer, turn, toolSession)
      } catch (cause) {
        output.setError(cause)
      }
      output.publish()
      output.tellEnd(answer)
      return next ?? answer
    },
    onCost: (answer) =>
      attempt(() => {
        const { usage, cost, report } = answer
        change(answer.id, defined({ usage, cost, report }))
        output.publish()
        output.tellCost(answer)
      }),
    onStream: ({ question, streamId }) => attempt(() => change(question.id, { streamId })),
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

  const keep = (messages: readonly Message[]): void =>
    store.update((stored) => mergeMessages(stored, messages))
  const change = (messageId: string, fields: Partial<Message>): void =>
    store.update((stored) => withFields(stored, messageId, fields))

  /** As they are now. */
  const optionsOf = (sending: SendOptions): ChatSessionOptions => ({ ...options, ...defined(sending) })

  const begin = (turn: Turn): void =>
    turns.start(turn, () => {
      const { client, model, request, tools } = optionsOf(turn.options)
      return client.stream({
        ...(tools?.wire.length && { tools: tools.wire }),
        ...request,
        model,
        messages: toWireMessages(upTo(output.messages(), turn.question.id)),
      })
    })

  /** The turn that this message is part of, if it has not settled. */
  const turnOf = ({ id }: Message): Turn | undefined =>
    turns.open().find(({ question, answer }) => question.id === id || answer?.id === id)
  const isOpen = (message: Message): boolean => turnOf(message) !== undefined

  const toolSession = { store, turns, begin }

  const accept = (question: Message, sending: SendOptions = {}): Turn => {
    output.setError(undefined)
    keep([question]) // at once: it may wait for long, and the page be gone before
    return turnOf(question) ?? turns.add(question, sending)
  }

  const send = (question: Message, sending: SendOptions): Promise<Message | undefined> => {
    const turn = accept(question, sending)
    if (options.send === undefined) begin(turn)
    else options.send(question, sending)
    return turn.whenSettled
  }

  /** Keeps a question that gets no answer. */
  const end = (question: Message, fields: Partial<Message>): void => {
    keep([question])
    change(question.id, fields)
  }

  /** An answer that the server keeps goes on until it is told. */
  const stopStream = ({ streamId, options: sending }: Turn): void => {
    if (streamId) optionsOf(sending).client.stop?.(streamId).catch(tellError)
  }

  const stop = (): void => {
    turns.open().forEach(stopStream)
    for (const { question } of turns.stop()) if (question.role === 'user') end(question, { state: 'aborted' })
    publish()
  }

  /** Stops, and cuts off what stands at this position and after it. */
  const cut = (find: (messages: readonly Message[]) => number): void => {
    if (find(output.messages()) < 0)
      throw new ChatStreamError('unsupported', 'There is no message with this id to be answered again.')
    stop()
    const at = find(store.get())
    if (at >= 0) store.update((messages) => messages.slice(0, at))
  }

  /** Where the answer starts that is to be given again: this one, or the last one, or none yet. */
  const startOfAnswer = (messages: readonly Message[], messageId = messages.at(-1)?.id): number => {
    const at = messages.findIndex((message) => message.id === messageId)
    return at < 0 || messages[at]?.role === 'assistant' ? at : at + 1
  }

  return {
    id,
    ...output.view,
    sendMessage: method((input, sending = {}) => {
      const { whenBusy } = optionsOf(sending)
      const isBusy = turns.open().length > 0
      if (isBusy && whenBusy === 'refuse') return undefined
      const question = toUserMessage(input)
      const replaces = typeof input === 'object' && input.messageId !== undefined
      if (replaces) cut((messages) => messages.findIndex((message) => message.id === question.id))
      else if (isBusy && whenBusy === 'interrupt') stop()
      return send(question, sending)
    }),
    stop,
    regenerate: method((messageId, sending = {}) => {
      cut((messages) => startOfAnswer(messages, messageId))
      const last = store.get().at(-1)
      if (last === undefined) throw new ChatStreamError('unsupported', 'There is no message to answer.')
      const asked: Partial<Message> = { state: 'complete', error: undefined } // it may have been stopped, or have failed
      change(last.id, asked)
      return send({ ...last, ...asked }, sending)
    }),
    addToolResult: method((result, sending = {}) => {
      const { tools } = optionsOf(sending)
      if (tools === undefined)
        throw new ChatStreamError('unsupported', 'Tool results need the option `tools`: see createTools.')
      const question = tools.answer(result, toolSession)
      publish()
      return question && send(question, sending)
    }),
    resume: method((sending = {}) => {
      const question = store.get().findLast((message) => message.streamId)
      const streamId = question?.streamId
      if (!streamId) return undefined
      const open = turnOf(question)
      if (open !== undefined) return open.whenSettled
      const { resume } = optionsOf(sending).client
      if (resume === undefined)
        throw new ChatStreamError('unsupported', 'This client has no `resume`: see createChatClient.')
      const turn = turns.add(question, sending)
      turns.start(turn, () => resume(streamId))
      return turn.whenSettled
    }),
    setMessages: (messages) =>
      attempt(() => {
        store.update(typeof messages === 'function' ? messages : () => messages)
        publish()
      }),
    clearError() {
      output.setError(undefined)
      publish()
    },
    accept: method((question) => accept(question).whenSettled),
    answer: method((question, sending, onBegin) => {
      const turn = accept(question)
      turn.options = sending ?? turn.options
      turn.onBegin = onBegin
      begin(turn)
      return turn.whenSettled
    }),
    reject: (question, cause) =>
      attempt(() => {
        const turn = turnOf(question)
        if (turn === undefined || turn.isRunning) return
        end(question, { state: 'failed', error: toChatStreamError(cause).toJSON() })
        output.setError(cause) // before the turn is gone, or the session would seem ready
        turns.remove(turn)
        throw cause
      }),
    isOpen,
    refresh: publish,
    dispose() {
      disposed = true
      turns.stop()
      publish()
      output.complete()
    },
    toJSON: () => ({ version: 1, id, messages: output.view.getState().messages }),
  }
}
