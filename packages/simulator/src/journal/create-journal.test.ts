import { expect, test, vi } from 'vitest'
import { createJournal } from './create-journal.js'

const request = { id: 'req_1', method: 'POST', path: '/', headers: {} }

test('finds an entry that is there, and one that comes', async () => {
  const { journal, open } = createJournal()
  const coming = journal.waitFor((entry) => entry.phase === 'streaming')
  const record = open(request)
  await expect(journal.waitFor((entry) => entry.id === 'req_1')).resolves.toBe(record.entry)
  record.update({ phase: 'streaming' })
  await expect(coming).resolves.toBe(record.entry)
})

test('says what it has when nothing matched in time', async () => {
  vi.useFakeTimers()
  const { journal, open } = createJournal()
  open(request).update({ status: 200 })
  const failed = expect(journal.waitFor(() => false, { timeoutMs: 100 })).rejects.toThrow(
    'No entry matched within 100 ms. The journal has 1:\nPOST / 200 before-headers open',
  )
  await vi.advanceTimersByTimeAsync(100)
  await failed
  vi.useRealTimers()
})

test('hands on what a predicate throws', async () => {
  const { journal, open } = createJournal()
  const failed = journal.waitFor(() => {
    throw new Error('wrong')
  })
  open(request)
  await expect(failed).rejects.toThrow('wrong')
})

test('forgets, also the answers that go on', async () => {
  const { journal, open, close } = createJournal()
  const record = open(request)
  journal.clear()
  expect(journal.entries).toEqual([])
  const failed = expect(journal.waitFor(() => true)).rejects.toThrow('The simulator closed')
  record.update({ phase: 'streaming' })
  close()
  await failed
})
