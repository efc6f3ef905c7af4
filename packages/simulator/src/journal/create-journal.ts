import type { Journal, JournalEntry } from './journal.js'

/** The writing side of the journal. */
export interface JournalWriter {
  readonly journal: Journal
  /** Opens the record of a request that arrived. */
  open(request: Pick<JournalEntry, 'id' | 'method' | 'path' | 'headers'>): JournalRecord
  /** Rejects everybody who still waits. */
  close(): void
}

/** The writing side of one entry. */
export interface JournalRecord {
  readonly entry: JournalEntry
  /** Changes the entry and tells those who wait for it. */
  update(changes: Partial<JournalEntry>): void
  /** Notes the end of the answer. */
  end(closedBy: 'server' | 'client'): void
}

interface Waiter {
  check(entry: JournalEntry): void
  reject(reason: string): void
}

/** Creates an empty journal. */
export function createJournal(): JournalWriter {
  const entries: JournalEntry[] = []
  let kept = new WeakSet<JournalEntry>()
  const waiters = new Set<Waiter>()

  const waitFor: Journal['waitFor'] = (predicate, { timeoutMs = 5000 } = {}) =>
    new Promise((resolve, reject) => {
      const settle = (): void => {
        clearTimeout(timer)
        waiters.delete(waiter)
      }
      const waiter: Waiter = {
        check(entry) {
          try {
            if (!predicate(entry)) return
            resolve(entry)
          } catch (error) {
            reject(error)
          }
          settle()
        },
        reject(reason) {
          settle()
          reject(new Error(`${reason}. The journal has ${describe(entries)}`))
        },
      }
      const timer = setTimeout(() => waiter.reject(`No entry matched within ${timeoutMs} ms`), timeoutMs)
      waiters.add(waiter)
      for (const entry of entries) {
        if (waiters.has(waiter)) waiter.check(entry)
      }
    })

  const open: JournalWriter['open'] = (request) => {
    let resolveClosed: (entry: JournalEntry) => void = () => {}
    const entry: JournalEntry = {
      ...request,
      body: undefined,
      receivedAt: Date.now(),
      status: undefined,
      faults: [],
      phase: 'before-headers',
      bytesWritten: 0,
      eventsWritten: 0,
      writesBlocked: 0,
      writableBlockedMs: 0,
      endedAt: undefined,
      closedBy: undefined,
      closed: new Promise((resolve) => {
        resolveClosed = resolve
      }),
    }
    entries.push(entry)
    kept.add(entry)
    const update = (changes: Partial<JournalEntry>): void => {
      // What the server still does after the end changes nothing for the client.
      if (entry.closedBy !== undefined) return
      Object.assign(entry, changes)
      if (!kept.has(entry)) return
      for (const waiter of waiters) waiter.check(entry)
    }
    update({})
    return {
      entry,
      update,
      end(closedBy) {
        update({ closedBy, endedAt: Date.now() })
        resolveClosed(entry)
      },
    }
  }

  return {
    journal: {
      entries,
      waitFor,
      clear: () => {
        entries.length = 0
        kept = new WeakSet()
      },
    },
    open,
    close: () => {
      for (const waiter of waiters) waiter.reject('The simulator closed')
    },
  }
}

function describe(entries: readonly JournalEntry[]): string {
  if (entries.length === 0) return 'no entries'
  const lines = entries.map(
    ({ method, path, status, phase, closedBy }) =>
      `${method} ${path} ${status ?? '-'} ${phase} ${closedBy ?? 'open'}`,
  )
  return `${entries.length}:\n${lines.join('\n')}`
}
