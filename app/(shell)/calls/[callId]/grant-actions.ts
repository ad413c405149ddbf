/** Giving the call to a reviewer and taking it back, by an admin or a supervisor of its team; audited where it is done. */
'use server'

import { callIdSchema, userIdSchema, type CallId } from '@/protocol/ids'
import { giveCall, listReviewers, mayGiveCall, takeCallBack, type ReviewerItem } from '@/server/access/call-grants'
import { AccessError } from '@/server/access/errors'
import { getViewer } from '@/server/access/viewer'
import { getRuntime } from '@/server/runtime'
import { findCaller } from '@/app/shell/caller'

/** `null`: there is no such right. */
export async function listCallReviewers(call: string): Promise<ReviewerItem[] | null> {
  const asked = await findGiver(call)
  return asked && listReviewers(getRuntime().database, asked.callId)
}

/** Who has it now; `null`: nothing was changed. */
export async function setCallGiven(call: string, reviewer: string, isGiven: boolean): Promise<ReviewerItem[] | null> {
  const [asked, userId] = [await findGiver(call), userIdSchema.safeParse(reviewer)]
  if (!asked || !userId.success) return null
  const { database } = getRuntime()
  const actor = { actorId: asked.viewerId, address: await findCaller() }
  try {
    await (isGiven ? giveCall : takeCallBack)(database, asked.callId, userId.data, actor)
  } catch (error) {
    if (error instanceof AccessError) return null
    throw error
  }
  return listReviewers(database, asked.callId)
}

async function findGiver(call: string): Promise<{ viewerId: string; callId: CallId } | null> {
  const [viewer, callId] = [await getViewer(), callIdSchema.safeParse(call)]
  if (!viewer || !callId.success || !(await mayGiveCall(getRuntime().database, viewer, callId.data))) return null
  return { viewerId: viewer.id, callId: callId.data }
}
