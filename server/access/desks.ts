/** How things stand at a desk, as its agent tells: whether it was tried before a shift, and whether the browser reports. */
import type { DeskReport } from '@/protocol/agent-messages'
import type { DeviceId } from '@/protocol/ids'
import { type ReadyResult, readyResultSchema } from '@/protocol/ready'
import type { Database } from '../database/client'
import type { Prisma } from '../database/generated/client'

/** What the report leaves out stays as it is. */
export async function recordDesk(database: Database, deviceId: DeviceId, { ready, extensionHeardAt }: DeskReport): Promise<void> {
  await database.device.update({ where: { id: deviceId }, data: { ready, extensionHeardAt }, select: { id: true } })
}

/** `null` for a desk that was never tried. */
export const parseReady = (stored: Prisma.JsonValue): ReadyResult | null => (stored === null ? null : readyResultSchema.parse(stored))
