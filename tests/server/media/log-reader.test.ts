/** Parsed logs that grow, shrink and are let go. */
import { expect, it } from 'vitest'
import { makeLine } from '@/protocol/entries'
import { makeCallId } from '@/protocol/ids'
import { LogReader } from '@/server/media/log-reader'
import { makeMemoryMediaStore } from '@/server/media/memory-media-store'

const line = (seq: number): Buffer => Buffer.concat([makeLine({ kind: 'hold', atMs: seq, data: { state: 'began' } }, seq, '0'.repeat(64)), Buffer.from('\n')])
const makeLog = (count: number): Buffer => Buffer.concat(Array.from({ length: count }, (_, seq) => line(seq)))

it('parses what is new and leaves a torn line for the next time', async () => {
  const store = makeMemoryMediaStore()
  const reader = new LogReader(store)
  const callId = makeCallId()
  const log = makeLog(3)
  await store.write(callId, 'log.jsonl', 0, log.subarray(0, log.length - 5))
  const first = await reader.read(callId)
  expect(first.entries.map(({ seq }) => seq)).toEqual([0, 1])
  await store.write(callId, 'log.jsonl', log.length - 5, log.subarray(log.length - 5))
  const second = await reader.read(callId)
  expect(second.entries.map(({ seq }) => seq)).toEqual([0, 1, 2])
  expect(second.entries[0]).toBe(first.entries[0])
  expect(await reader.read(callId)).toBe(second)
})

it('begins again when a log has become shorter', async () => {
  const store = makeMemoryMediaStore()
  const reader = new LogReader(store)
  const callId = makeCallId()
  await store.write(callId, 'log.jsonl', 0, makeLog(3))
  await reader.read(callId)
  await store.truncate(callId, 'log.jsonl', line(0).length)
  expect((await reader.read(callId)).entries.length).toBe(1)
})
