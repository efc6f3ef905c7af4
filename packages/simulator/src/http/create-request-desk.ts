import type { IncomingMessage, ServerResponse } from 'node:http'
import type { JournalRecord } from '../journal/create-journal.js'
import { type Connection, playSteps, resetConnection } from '../steps/play-steps.js'
import type { Step } from '../steps/step.js'
import { answerRequest } from './answer-request.js'
import { ApiError } from './api-error.js'
import { crossOriginHeaders } from './cross-origin-headers.js'
import { errorSteps } from './error-steps.js'
import type { SimulatorSettings } from './simulator-settings.js'

/** Answers one request; resolves when nothing is left to be done for it, and rejects only if the simulator is wrong. */
type RequestListener = (request: IncomingMessage, response: ServerResponse) => Promise<void>

export interface RequestDesk {
  readonly listener: RequestListener
  /** Resets the connections of all answers that are open at a path that starts so. */
  readonly reset: (path: string) => void
}

/** Creates the listener that answers all requests. When `closing` is aborted, the server ends all connections. */
export function createRequestDesk(settings: SimulatorSettings, closing: AbortSignal): RequestDesk {
  const connections = new Set<Connection>()
  const listener: RequestListener = async (request, response) => {
    const { method = '', url = '', headers } = request
    const identity = settings.nextRequest()
    const record = settings.journal.open({ id: identity.id, method, path: url, headers })
    const connection = openConnection(response, record, closing)
    connections.add(connection)
    connection.gone.addEventListener('abort', () => connections.delete(connection))
    response.setHeaders(
      new Map(
        Object.entries({
          'x-request-id': identity.id,
          ...crossOriginHeaders(request),
          ...settings.rateLimit(headers.authorization ?? ''),
        }),
      ),
    )
    let steps: Iterable<Step>
    try {
      steps = await answerRequest(request, identity, record, settings)
    } catch (error) {
      // The client left while it was still sending.
      if (request.destroyed && !request.complete) return
      if (!(error instanceof ApiError)) throw error
      steps = errorSteps(error)
    }
    await playSteps(steps, connection)
  }
  return {
    listener,
    reset(path) {
      for (const connection of connections) {
        if (connection.record.entry.path.startsWith(path)) resetConnection(connection)
      }
    },
  }
}

function openConnection(response: ServerResponse, record: JournalRecord, closing: AbortSignal): Connection {
  const gone = new AbortController()
  let isClosing = false
  // A response closes when it was sent, and when its connection was lost, whatever comes first.
  response.once('close', () => {
    const byServer = isClosing || closing.aborted || response.writableFinished
    record.end(byServer ? 'server' : 'client')
    gone.abort()
  })
  return {
    response,
    record,
    gone: gone.signal,
    closing: () => {
      isClosing = true
    },
  }
}
