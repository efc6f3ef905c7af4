import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import type { JournalRecord } from '../journal/create-journal.js'
import type { HeadersStep, Step, WriteStep } from './step.js'

/** The connection that steps are played on. */
export interface Connection {
  readonly response: ServerResponse
  readonly record: JournalRecord
  /** Aborted when the connection is closed, by whomever. */
  readonly gone: AbortSignal
  /** Says that the close that follows is the server's doing. */
  closing(): void
}

/**
 * Plays the steps of an answer on a connection, one after the other, and ends the body after the last.
 *
 * Waits while the socket's buffer is full, and stops when the client leaves: no step is pulled after that, and no
 * timer is left behind.
 */
export async function playSteps(steps: Iterable<Step>, connection: Connection): Promise<void> {
  const { response, record, gone } = connection
  try {
    for (const step of steps) {
      if (response.destroyed || gone.aborted) return
      switch (step.do) {
        case 'headers':
          sendHeaders(step, response)
          await nextTurn()
          record.update({ status: step.status, phase: 'headers-sent' })
          break
        case 'write':
          await write(step, connection)
          break
        case 'wait':
          await sleep(Math.min(step.ms, longestTimerMs), undefined, { signal: gone })
          break
        case 'reset':
          resetConnection(connection)
          return
      }
    }
    if (response.destroyed || gone.aborted) return
    response.end()
    record.update({ phase: 'ended' })
  } catch (error) {
    if (!gone.aborted) throw error
  }
}

/** As a network does that is lost. */
export function resetConnection({ response, closing }: Connection): void {
  closing()
  response.socket?.resetAndDestroy()
}

function sendHeaders({ status, headers }: HeadersStep, response: ServerResponse): void {
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined) response.removeHeader(name)
    else response.setHeader(name, value)
  }
  response.writeHead(status)
  response.flushHeaders()
}

async function write(step: WriteStep, { response, record, gone }: Connection): Promise<void> {
  const bytes = typeof step.data === 'string' ? Buffer.from(step.data) : step.data
  if (bytes.byteLength === 0) return
  response.write(bytes)
  // The bytes leave at the end of this turn: two writes in one turn would share a packet, and what the journal calls
  // written must not be lost if the connection is closed now.
  await nextTurn()
  const { entry } = record
  const isBlocked = response.writableNeedDrain
  record.update({
    phase: step.part === 'done' || entry.phase === 'done-sent' ? 'done-sent' : 'streaming',
    bytesWritten: entry.bytesWritten + bytes.byteLength,
    eventsWritten: entry.eventsWritten + step.events,
    writesBlocked: entry.writesBlocked + (isBlocked ? 1 : 0),
  })
  if (!isBlocked) return
  const blockedAt = performance.now()
  await once(response, 'drain', { signal: gone })
  record.update({ writableBlockedMs: entry.writableBlockedMs + performance.now() - blockedAt })
}

/** 24 days, which is for ever here; a longer timer would fire at once. */
const longestTimerMs = 2 ** 31 - 1
