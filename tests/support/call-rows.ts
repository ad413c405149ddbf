/** Rows of calls for tests that need a call to exist but not how it came to be. */
import { randomBytes } from 'node:crypto'
import { makeCallId, type CallId } from '@/protocol/ids'
import type { Database } from '@/server/database/client'

export async function makeCallRow(database: Database, technicianId: string, values: { startedAt?: Date } = {}): Promise<CallId> {
  const device = await database.device.create({
    data: { userId: technicianId, name: 'Desk 4', publicKey: randomBytes(32).toString('base64url'), tokenHash: randomBytes(32).toString('hex'), agentVersion: '0.1.0', platform: 'linux x64' },
  })
  const id = makeCallId()
  await database.call.create({ data: { id, technicianId, deviceId: device.id, state: 'closed', startedAt: values.startedAt ?? new Date(), timeZone: 'Asia/Jakarta' } })
  return id
}
