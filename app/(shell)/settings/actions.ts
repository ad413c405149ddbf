/** What a person changes about himself; audited where it is made. */
'use server'

import { revalidatePath } from 'next/cache'
import { changeName, changePassword, passwordChangeSchema, profileSchema, type PasswordChange } from '@/server/access/profile'
import { endAllSessions, endSession } from '@/server/access/session-rows'
import type { ViewerSession } from '@/server/access/sessions'
import { getViewerSession } from '@/server/access/viewer'
import { getRuntime, type Runtime } from '@/server/runtime'
import { findCaller } from '@/app/shell/caller'
import { settle } from '@/app/shell/settle'
import { type ChangeAnswer, REFUSED } from '@/app/ui/change-answer'

export async function saveName(name: string): Promise<ChangeAnswer> {
  const profile = profileSchema.safeParse({ name })
  if (!profile.success) return REFUSED
  const answer = await asSelf((runtime, self, address) => changeName(runtime, self, profile.data.name, address))
  // The name stands in the shell of every page.
  if (answer.isDone) revalidatePath('/', 'layout')
  return answer
}

export async function savePassword(values: PasswordChange): Promise<ChangeAnswer> {
  const change = passwordChangeSchema.safeParse(values)
  return change.success ? asSelf((runtime, self, address) => changePassword(runtime, self, change.data, address ?? 'unknown')) : REFUSED
}

export async function endOneSession(sessionId: string): Promise<ChangeAnswer> {
  return asSelf((runtime, { viewer }, address) => endSession(runtime, viewer, sessionId, { verb: 'session-ended', address }))
}

/** All but the one that asks. */
export async function endOtherSessions(): Promise<ChangeAnswer> {
  return asSelf((runtime, { viewer, sessionId }, address) => endAllSessions(runtime, viewer, viewer.id, address, sessionId))
}

export async function endEverySession(): Promise<ChangeAnswer> {
  return asSelf((runtime, { viewer }, address) => endAllSessions(runtime, viewer, viewer.id, address))
}

async function asSelf(change: (runtime: Runtime, self: ViewerSession, address: string | null) => Promise<unknown>): Promise<ChangeAnswer> {
  const self = await getViewerSession()
  if (!self) return REFUSED
  const answer = await settle(async () => change(getRuntime(), self, await findCaller()))
  if (answer.isDone) revalidatePath('/settings')
  return answer
}
