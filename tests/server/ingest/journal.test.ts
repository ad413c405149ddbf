/** The journal: groups, replay, rotation, and disks that fail. */
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { type CallId, makeCallId } from '@/protocol/ids'
import { Journal, readRecords } from '@/server/ingest/journal'
import { encodeRecord, MAGIC } from '@/server/ingest/journal-record'
import type { MediaStore } from '@/server/media/media-store'
import { makeMemoryMediaStore } from '@/server/media/memory-media-store'
import { makeTestFolder, quietLog } from './ingest-harness'

const callId = makeCallId()
const record = (text: string, offsetBytes = 0, id: CallId = callId) => ({ callId: id, writes: [{ file: 'log.jsonl', offsetBytes, bytes: Buffer.from(text) }] })
const openJournal = (dir: string, store: MediaStore, rotateAtBytes?: number) => Journal.open({ dir, store, log: quietLog, rotateAtBytes })
const logOf = async (store: MediaStore, id = callId) => Buffer.from(await store.read(id, 'log.jsonl')).toString()
const journalFile = (...texts: [string, number][]) => Buffer.concat([MAGIC, ...texts.flatMap(([text, offset]) => encodeRecord(record(text, offset)))])

it('reads back the records it wrote and stops where one is torn, at every byte', () => {
  const bytes = journalFile(['one', 0], ['two!', 3])
  const first = journalFile(['one', 0]).length
  expect(readRecords(bytes).records).toEqual([record('one'), record('two!', 3)])
  for (let length = 0; length < bytes.length; length++) expect(readRecords(bytes.subarray(0, length)).records.length).toBe(length < first ? 0 : 1)
})

it('takes no record whose bytes were changed', () => {
  const bytes = journalFile(['one', 0])
  for (let index = 0; index < bytes.length; index++) {
    const flipped = Buffer.from(bytes)
    flipped[index]! ^= 0x10
    expect(readRecords(flipped).records).toEqual([])
  }
})

it('writes commits to the files of their calls and leaves no journal behind', async () => {
  await using folder = await makeTestFolder()
  const store = makeMemoryMediaStore()
  const journal = await openJournal(folder.dir, store)
  const ids = Array.from({ length: 50 }, makeCallId)
  await Promise.all(ids.map((id) => journal.commit(record(id, 0, id))))
  for (const id of ids) expect(await logOf(store, id)).toBe(id)
  await journal.dispose()
  expect(await readdir(folder.dir)).toEqual([])
  await expect(journal.commit(record('late'))).rejects.toMatchObject({ reason: 'storage' })
})

it('applies what a crash left behind, file after file, each up to its torn end', async () => {
  await using folder = await makeTestFolder()
  await writeFile(join(folder.dir, '00000007.journal'), Buffer.concat([journalFile(['one ', 0]), Buffer.from('torn')]))
  await writeFile(join(folder.dir, '00000008.journal'), journalFile(['two', 4]))
  const store = makeMemoryMediaStore()
  const journal = await openJournal(folder.dir, store)
  expect(await logOf(store)).toBe('one two')
  expect(await readdir(folder.dir)).toEqual(['00000009.journal'])
  await journal.dispose()
})

it('lets the later of two records for one place win and leaves nothing of the longer one', async () => {
  await using folder = await makeTestFolder()
  await writeFile(join(folder.dir, '00000001.journal'), journalFile(['base ', 0], ['refused and long', 5], ['kept', 5]))
  const store = makeMemoryMediaStore()
  const journal = await openJournal(folder.dir, store)
  expect(await logOf(store)).toBe('base kept')
  await journal.dispose()
})

it('leaves out a call whose files are gone, not the others', async () => {
  await using folder = await makeTestFolder()
  const other = makeCallId()
  await writeFile(join(folder.dir, '00000001.journal'), Buffer.concat([journalFile(['x', 1_000]), ...encodeRecord(record('here', 0, other))]))
  const store = makeMemoryMediaStore()
  const journal = await openJournal(folder.dir, store)
  expect(await store.listCalls()).toEqual([other])
  await journal.dispose()
})

it('begins a new file when one is full and deletes it after its calls are synced', async () => {
  await using folder = await makeTestFolder()
  const synced: CallId[] = []
  const store = makeMemoryMediaStore()
  const journal = await openJournal(folder.dir, { ...store, sync: (id) => Promise.resolve(void synced.push(id)) }, 100)
  for (let index = 0; index < 10; index++) await journal.commit(record('0123456789'.repeat(5), index * 50))
  await expect.poll(() => readdir(folder.dir)).toHaveLength(1)
  expect(synced.length).toBeGreaterThan(3)
  expect((await logOf(store)).length).toBe(500)
  await journal.dispose()
})

it('keeps a full file while its calls cannot be synced, and every later one', async () => {
  await using folder = await makeTestFolder()
  const store = makeMemoryMediaStore()
  const journal = await openJournal(folder.dir, { ...store, sync: () => Promise.reject(new Error('no')) }, 100)
  for (let index = 0; index < 3; index++) await journal.commit(record('0123456789'.repeat(10), index * 100))
  await journal.dispose()
  const left = await Promise.all((await readdir(folder.dir)).sort().map((name) => readFile(join(folder.dir, name))))
  expect(left.flatMap((bytes) => readRecords(bytes).records).length).toBe(3)
})

it('refuses a commit whose call file could not be written, and that one only', async () => {
  await using folder = await makeTestFolder()
  const store = makeMemoryMediaStore()
  const other = makeCallId()
  const journal = await openJournal(folder.dir, { ...store, write: (id, ...rest) => (id === callId ? Promise.reject(new Error('ENOSPC')) : store.write(id, ...rest)) })
  const [failed, held] = await Promise.allSettled([journal.commit(record('x')), journal.commit(record('y', 0, other))])
  expect(failed).toMatchObject({ status: 'rejected', reason: { reason: 'storage' } })
  expect(held.status).toBe('fulfilled')
  await journal.dispose()
})
