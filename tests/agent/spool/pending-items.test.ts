import { expect, it } from 'vitest'
import { PendingItems, readPendingItems, type MediaItem } from '@/agent/spool/pending-items'
import { MemoryFiles } from '../../support/memory-files'

const items: MediaItem[] = [
  { atMs: 0.25, bytes: Uint8Array.of(1, 2, 3), isKey: true },
  { atMs: 20.25, bytes: Uint8Array.of(4), isKey: false },
]

it('gives back packets with their places, and leaves out a torn last one', async () => {
  const files = new MemoryFiles()
  const pending = new PendingItems(files.openScratch('/p'))
  for (const item of items) pending.add(item)
  expect(await files.read('/p')).toHaveLength(0)
  pending.flush()
  const bytes = await files.read('/p')
  expect(readPendingItems(bytes)).toEqual(items)
  for (let length = 0; length < bytes.length; length++) expect(readPendingItems(bytes.subarray(0, length)).length).toBeLessThan(2)
})

it('forgets what a finished chunk holds', async () => {
  const files = new MemoryFiles()
  const pending = new PendingItems(files.openScratch('/p'))
  for (const item of items) pending.add(item)
  pending.replace(items.slice(1))
  pending.flush()
  expect(readPendingItems(await files.read('/p'))).toEqual(items.slice(1))
})
