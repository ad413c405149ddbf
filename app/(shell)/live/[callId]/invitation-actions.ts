/** Inviting somebody without an account to the running call, and ending that; rights and audit are where it is done. */
'use server'

import { z } from 'zod'
import { callIdSchema } from '@/protocol/ids'
import { AccessError } from '@/server/access/errors'
import { getViewer } from '@/server/access/viewer'
import { endInvitation, type InvitationItem, inviteToCall, listInvitations, type Inviter, newInvitationSchema } from '@/server/live/invitations'
import { getRuntime, type Runtime } from '@/server/runtime'
import { findCaller } from '@/app/shell/caller'

/** `null`: there is no such call that this person may listen to. */
export async function listCallInvitations(callId: string): Promise<InvitationItem[] | null> {
  return asInviter(callId, ({ database }, inviter) => listInvitations(database, inviter))
}

/** `null`: nobody was invited. */
export async function inviteToThisCall(callId: string, invitation: unknown): Promise<{ link: string; invitations: InvitationItem[] } | null> {
  const parsed = newInvitationSchema.safeParse(invitation)
  if (!parsed.success) return null
  return asInviter(callId, async ({ database, origin }, inviter) => {
    const token = await inviteToCall(database, inviter, parsed.data)
    return { link: `${origin}/join/${token}`, invitations: await listInvitations(database, inviter) }
  })
}

/** `null`: nothing was ended. */
export async function endCallInvitation(callId: string, invitation: string): Promise<InvitationItem[] | null> {
  const id = z.uuid().safeParse(invitation)
  if (!id.success) return null
  return asInviter(callId, async ({ database }, inviter) => {
    await endInvitation(database, inviter, id.data)
    return listInvitations(database, inviter)
  })
}

async function asInviter<Answer>(call: string, act: (runtime: Runtime, inviter: Inviter) => Promise<Answer>): Promise<Answer | null> {
  const [viewer, callId] = [await getViewer(), callIdSchema.safeParse(call)]
  if (!viewer || !callId.success) return null
  try {
    return await act(getRuntime(), { viewer, callId: callId.data, address: await findCaller() })
  } catch (error) {
    if (error instanceof AccessError) return null
    throw error
  }
}
