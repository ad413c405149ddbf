/** Changes to devices; rights are checked and audited where they are made (server/access/devices.ts). */
'use server'

import { revalidatePath } from 'next/cache'
import { deviceIdSchema } from '@/protocol/ids'
import { decideDevice, revokeDevice } from '@/server/access/devices'
import { AccessError } from '@/server/access/errors'
import { getViewer } from '@/server/access/viewer'
import { getRuntime } from '@/server/runtime'
import { findCaller } from '@/app/shell/caller'

/** Whether it is revoked now. */
export async function revokeDeviceOf(deviceId: string): Promise<boolean> {
  const viewer = await getViewer()
  const id = deviceIdSchema.safeParse(deviceId)
  if (!viewer || !id.success) return false
  const isRevoked = await settle(async () => revokeDevice(getRuntime(), viewer, id.data, await findCaller()))
  if (isRevoked) revalidatePath('/devices')
  return isRevoked
}

/** Whether the decision holds; `false` when no device waits with this code any more. */
export async function decideDeviceCode(userCode: string, decision: 'approved' | 'denied'): Promise<boolean> {
  const viewer = await getViewer()
  if (!viewer || (decision !== 'approved' && decision !== 'denied')) return false
  return settle(async () => decideDevice(getRuntime(), viewer, userCode, decision, await findCaller()))
}

async function settle(change: () => Promise<void>): Promise<boolean> {
  try {
    await change()
  } catch (error) {
    if (!(error instanceof AccessError)) throw error
    return false
  }
  return true
}
