/** A call's row with the people and the device that it needs. */
import { randomUUID } from 'node:crypto'
import type { CallId } from '@/protocol/ids'
import type { Database } from '@/server/database/client'
import type { CallState } from '@/server/database/generated/enums'
import { makeViewer } from '../../support/people'

export async function makeCallRow(database: Database, callId: CallId, state: CallState): Promise<void> {
  const technician = await makeViewer(database, 'technician')
  const device = await database.device.create({
    data: { userId: technician.id, name: 'desk', publicKey: 'key', tokenHash: randomUUID(), agentVersion: '0.1.0', platform: 'linux' },
  })
  await database.call.create({ data: { id: callId, technicianId: technician.id, deviceId: device.id, state, startedAt: new Date(), timeZone: 'Asia/Jakarta' } })
}
