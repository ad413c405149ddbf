/** What an admin changes about people and teams, and a supervisor about his teams. Each asks for the right first; each change is audited where it is made. */
'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import { callIdSchema, userIdSchema } from '@/protocol/ids'
import { requireAdmin, type AdminActor } from '@/server/access/admin'
import { giveCall, takeCallBack } from '@/server/access/call-grants'
import { createInvite, inviteSchema, withdrawInvite, type InviteValues } from '@/server/access/invites'
import { listenersShownSchema, setListenersShown } from '@/server/access/listeners-rule'
import { livePhrasesSchema, MAX_PHRASE_LENGTH, MAX_PHRASES, setLivePhrases } from '@/server/access/live-phrases'
import { endAllSessions } from '@/server/access/session-rows'
import { changeTeam, createTeam, deleteTeam, setTeamsOf, teamIdSchema, teamSchema, type TeamValues } from '@/server/access/teams'
import { changeRole, disableUser, enableUser, roleSchema } from '@/server/access/users'
import { getViewer } from '@/server/access/viewer'
import { getRuntime, type Runtime } from '@/server/runtime'
import { translate } from '@/app/i18n/translate'
import { findCaller } from '@/app/shell/caller'
import { settle } from '@/app/shell/settle'
import { type ChangeAnswer, REFUSED } from '@/app/ui/change-answer'

export type InviteAnswer = { isDone: true; link: string } | Extract<ChangeAnswer, { isDone: false }>

export async function invite(values: InviteValues): Promise<InviteAnswer> {
  const parsed = inviteSchema.safeParse(values)
  if (!parsed.success) return { isDone: false, message: null }
  let link = ''
  const answer = await asAdmin(async ({ database, origin }, actor) => {
    link = `${origin}/invite/${await createInvite(database, parsed.data, actor)}`
  })
  return answer.isDone ? { isDone: true, link } : answer
}

export async function withdraw(inviteId: string): Promise<ChangeAnswer> {
  const id = z.uuid().safeParse(inviteId)
  return id.success ? asAdmin(({ database }, actor) => withdrawInvite(database, id.data, actor)) : REFUSED
}

const membershipSchema = z.object({ userId: userIdSchema, role: roleSchema, teamIds: z.array(teamIdSchema).max(1_000) })

export async function changeMembership(values: { userId: string; role: string; teamIds: string[] }): Promise<ChangeAnswer> {
  const parsed = membershipSchema.safeParse(values)
  if (!parsed.success) return REFUSED
  const { userId, role, teamIds } = parsed.data
  return asAdmin(async (runtime, actor) => {
    await changeRole(runtime, userId, role, actor)
    await setTeamsOf(runtime.database, userId, teamIds, actor)
  })
}

export async function setEnabled(id: string, isEnabled: boolean): Promise<ChangeAnswer> {
  const userId = userIdSchema.safeParse(id)
  if (!userId.success) return REFUSED
  return asAdmin((runtime, actor) => (isEnabled ? enableUser : disableUser)(runtime, userId.data, actor))
}

export async function endSessionsOfPerson(id: string): Promise<ChangeAnswer> {
  const [userId, viewer] = [userIdSchema.safeParse(id), await getViewer()]
  if (!userId.success || !viewer) return REFUSED
  return asAdmin((runtime, { address }) => endAllSessions(runtime, viewer, userId.data, address))
}

/** `call`: its id, or any address of its page. */
export async function give(id: string, call: string): Promise<ChangeAnswer> {
  const [userId, callId] = [userIdSchema.safeParse(id), callIdSchema.safeParse(/[0-9a-f-]{36}/i.exec(call)?.[0].toLowerCase())]
  return userId.success && callId.success ? asAdmin(({ database }, actor) => giveCall(database, callId.data, userId.data, actor)) : REFUSED
}

export async function takeBack(id: string, call: string): Promise<ChangeAnswer> {
  const [userId, callId] = [userIdSchema.safeParse(id), callIdSchema.safeParse(call)]
  return userId.success && callId.success ? asAdmin(({ database }, actor) => takeCallBack(database, callId.data, userId.data, actor)) : REFUSED
}

export async function saveTeam(teamId: string | null, values: TeamValues): Promise<ChangeAnswer> {
  const [id, team] = [teamIdSchema.nullable().safeParse(teamId), teamSchema.safeParse(values)]
  if (!id.success || !team.success) return REFUSED
  return asAdmin(({ database }, actor) => (id.data === null ? createTeam(database, team.data, actor) : changeTeam(database, id.data, team.data, actor)))
}

export async function removeTeam(teamId: string): Promise<ChangeAnswer> {
  const id = teamIdSchema.safeParse(teamId)
  return id.success ? asAdmin(({ database }, actor) => deleteTeam(database, id.data, actor)) : REFUSED
}

export async function savePhrases(teamId: string, lines: string[]): Promise<ChangeAnswer> {
  const [id, phrases, viewer] = [teamIdSchema.safeParse(teamId), livePhrasesSchema.safeParse(lines), await getViewer()]
  if (!id.success || !viewer) return REFUSED
  if (!phrases.success) return { isDone: false, message: translate('teams.phrases-refused', { count: MAX_PHRASES, length: MAX_PHRASE_LENGTH }) }
  const answer = await settle(async () => setLivePhrases(getRuntime().database, id.data, phrases.data, viewer, await findCaller()))
  if (answer.isDone) revalidatePath('/people/teams')
  return answer
}

export async function saveListenersRule(teamId: string, rule: string): Promise<ChangeAnswer> {
  const [id, shown] = [teamIdSchema.safeParse(teamId), listenersShownSchema.safeParse(rule)]
  if (!id.success || !shown.success) return REFUSED
  return asAdmin(({ database }, actor) => setListenersShown(database, id.data, shown.data, actor))
}

async function asAdmin(change: (runtime: Runtime, actor: AdminActor) => Promise<unknown>): Promise<ChangeAnswer> {
  const answer = await settle(async () => change(getRuntime(), requireAdmin(await getViewer(), await findCaller())))
  if (answer.isDone) revalidatePath('/people', 'layout')
  return answer
}
