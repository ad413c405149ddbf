/** The server's key in its folder. */
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { receiptMessage, verifySignature } from '@/protocol/chain'
import { makeCallId } from '@/protocol/ids'
import { openServerKey } from '@/server/ingest/server-key'
import { makeTestFolder } from './ingest-harness'

it('is made once, also by servers that start together, and only its owner can read it', async () => {
  await using folder = await makeTestFolder()
  const keys = await Promise.all(Array.from({ length: 8 }, () => openServerKey(folder.dir)))
  expect(new Set([...keys, await openServerKey(folder.dir)].map(({ publicKey }) => publicKey)).size).toBe(1)
  expect((await stat(join(folder.dir, 'server-ed25519.pem'))).mode & 0o777).toBe(0o600)
})

it('signs receipts that protocol/chain verifies, and no other message', async () => {
  await using folder = await makeTestFolder()
  const [callId, hash, receivedAt] = [makeCallId(), 'a'.repeat(64), '2026-03-01T08:00:00.000Z']
  const { signature, serverKey } = (await openServerKey(folder.dir)).signReceipt(callId, 7, hash, receivedAt)
  expect(await verifySignature(serverKey, signature, receiptMessage(callId, 7, hash, receivedAt))).toBe(true)
  expect(await verifySignature(serverKey, signature, receiptMessage(callId, 8, hash, receivedAt))).toBe(false)
})
