import { Observable, type Subscriber, throwError } from 'rxjs'
import { describe, expect, it, vi } from 'vitest'
import { ChatStreamError } from '../src/errors/chat-stream-error.js'
import type { ChatEvent } from '../src/event/chat-event.js'
import type { Message } from '../src/message/message.js'
import { createChatSession } from '../src/session/create-chat-session.js'
import { createMemoryStore } from '../src/session/message-store.js'
import { brief, watchSession } from './watch-session.js'

const endpoint = 'https://host/v1'
const opening: readonly ChatEvent[] = [
  { type: 'attempt-start', attempt: 1, endpoint },
  { type: 'response-start', attempt: 1, endpoint, status: 200, streamId: 'stream-1' },
]
const piece = (text: string): ChatEvent => ({ type: 'text-delta', index: 0, text, raw: {} })
const end: ChatEvent = { type: 'answer-end' }

/** A server that keeps one answer, and a session in a page that can be reloaded: only the store stays. */
const start = (initialMessages: readonly Message[] = []) => {
  const subscribers: Subscriber<ChatEvent>[] = []
  const open = vi.fn(
    (..._request: readonly unknown[]) =>
      new Observable<ChatEvent>((subscriber) => {
        subscribers.push(subscriber)
        for (const event of opening) subscriber.next(event)
      }),
  )
  const client = {
    stream: open,
    resume: vi.fn((id: string) => open(id)),
    stop: vi.fn(async (_: string) => {}),
  }
  const store = createMemoryStore(initialMessages)
  const load = () => {
    const session = createChatSession({ client, model: 'deepseek-chat', store, pace: false })
    return { session, ...watchSession(session) }
  }
  const emit = (...events: readonly ChatEvent[]) => {
    for (const event of events) subscribers.at(-1)?.next(event)
  }
  return { client, store, subscribers, load, emit }
}

describe('an answer that the server keeps', () => {
  it('is noted on the question while it is on its way, and no longer than that', () => {
    const { store, load, emit } = start()
    void load().session.sendMessage('Hello')
    expect(store.get()).toMatchObject([{ role: 'user', streamId: 'stream-1' }])
    emit(piece('Hi'), end)
    expect(store.get().map(({ role, streamId }) => [role, streamId])).toEqual([
      ['user', undefined],
      ['assistant', undefined],
    ])
  })

  it('has one id, whoever reads it', () => {
    const { store, load, emit } = start()
    void load().session.sendMessage('Hello')
    const other = load().session
    void other.resume()
    emit(piece('Hi'), end)
    expect(store.get().at(-1)).toMatchObject({ role: 'assistant', id: 'stream-1' })
  })

  it('is picked up after a reload, with one request however often that is asked for', async () => {
    const { client, load, emit } = start()
    const before = load().session
    void before.sendMessage('Hello')
    emit(piece('Hi'))
    before.dispose()
    expect(client.stop).not.toHaveBeenCalled()

    const { session } = load()
    expect(session.getState().status).toBe('ready')
    const resumed = session.resume()
    expect(await Promise.all([session.getState().status, session.getState().status])).toEqual([
      'submitted',
      'submitted',
    ])
    const twice = session.resume()
    expect(client.resume).toHaveBeenCalledExactlyOnceWith('stream-1')
    emit(piece('Hi'), piece(' you'))
    expect(brief(session.getState())).toEqual(['user: Hello', 'assistant (streaming): Hi you'])
    emit(end)
    expect(await resumed).toMatchObject({ state: 'complete' })
    expect(await twice).toBe(await resumed)
    expect(brief(session.getState())).toEqual(['user: Hello', 'assistant: Hi you'])
    expect(await session.resume()).toBeUndefined()
  })

  it('has nothing to resume where nothing was on its way', async () => {
    const { client, load } = start([
      { id: 'a', role: 'user', parts: [{ type: 'text', text: 'Hello' }], state: 'complete' },
    ])
    expect(await load().session.resume()).toBeUndefined()
    expect(client.resume).not.toHaveBeenCalled()
  })

  it('does not start again what the page itself is reading', async () => {
    const { client, load, emit } = start()
    const { session } = load()
    const sent = session.sendMessage('Hello')
    const resumed = session.resume()
    emit(piece('Hi'), end)
    expect(await resumed).toBe(await sent)
    expect(client.resume).not.toHaveBeenCalled()
  })

  it('tells when the server keeps it no longer, and does not ask for it again', async () => {
    const { client, store, subscribers, load, emit } = start()
    const before = load().session
    void before.sendMessage('Hello')
    emit(piece('Hi'))
    before.dispose()
    const { session } = load()
    const resumed = session.resume()
    const gone = new ChatStreamError('http', 'No such stream.', { status: 404, code: 'stream_not_found' })
    subscribers.at(-1)?.error(gone)
    await resumed
    expect(session.getState()).toMatchObject({ status: 'error', error: { status: 404 } })
    expect(store.get()).toMatchObject([{ role: 'user', streamId: undefined }])
    await session.resume()
    expect(client.resume).toHaveBeenCalledOnce()
  })

  it('is not asked for again, either, if the server refuses at once', async () => {
    const { client, store, load, emit } = start()
    const before = load().session
    void before.sendMessage('Hello')
    emit(piece('Hi'))
    before.dispose()
    client.resume.mockImplementation(() => throwError(() => new ChatStreamError('http', 'No such stream.')))
    const { session } = load()
    await session.resume()
    expect(store.get()).toMatchObject([{ role: 'user', streamId: undefined }])
    await session.resume()
    expect(client.resume).toHaveBeenCalledOnce()
  })

  it('is stopped on the server, too', () => {
    const { client, load, emit } = start()
    const { session } = load()
    void session.sendMessage('Hello')
    emit(piece('Hi'))
    session.stop()
    expect(client.stop).toHaveBeenCalledExactlyOnceWith('stream-1')
    expect(brief(session.getState())).toEqual(['user: Hello', 'assistant (aborted): Hi'])
  })

  it('is stopped on the server, too, when it is taken up again and nothing has come yet', async () => {
    const { client, load, emit } = start()
    const before = load().session
    void before.sendMessage('Hello')
    emit(piece('Hi'))
    before.dispose()
    client.resume.mockReturnValue(new Observable())
    const { session } = load()
    void session.resume()
    session.stop()
    expect(client.stop).toHaveBeenCalledExactlyOnceWith('stream-1')
  })

  it('is joined in the page that reads it, whatever its client can do', async () => {
    const { client, load, emit } = start()
    const { session } = load()
    const sent = session.sendMessage('Hello', { client: { stream: client.stream } })
    const resumed = session.resume({ client: { stream: client.stream } })
    emit(piece('Hi'), end)
    expect(await resumed).toBe(await sent)
    expect(session.getState().error).toBeUndefined()
  })

  it('tells when the server could not be told to stop', async () => {
    const { client, load, emit } = start()
    const { session } = load()
    client.stop.mockRejectedValue(new ChatStreamError('network', 'down'))
    void session.sendMessage('Hello')
    emit(piece('Hi'))
    session.stop()
    await vi.waitFor(() => expect(session.getState().error).toMatchObject({ kind: 'network' }))
  })

  it('is aborted, and not failed, when another reader stops it', async () => {
    const { subscribers, load, emit } = start()
    const { session } = load()
    void session.sendMessage('Hello')
    emit(piece('Hi'))
    subscribers.at(-1)?.error(new ChatStreamError('upstream', 'Stopped.', { code: 'stopped' }))
    expect(brief(session.getState())).toEqual(['user: Hello', 'assistant (aborted): Hi'])
    expect(session.getState().error).toBeUndefined()
  })

  it('cannot be resumed by a client that does not know how', async () => {
    const { store, load, emit } = start()
    const before = load().session
    void before.sendMessage('Hello')
    emit(piece('Hi'))
    before.dispose()
    const session = createChatSession({ client: { stream: () => new Observable() }, model: 'm', store })
    await session.resume()
    expect(session.getState().error).toMatchObject({ kind: 'unsupported' })
  })
})
