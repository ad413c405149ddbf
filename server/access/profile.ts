/** What a person changes about himself: his name and his password. */
import { z } from 'zod'
import type { Database } from '../database/client'
import { recordAudit } from './audit'
import { AccessError } from './errors'
import { hashPassword, verifyPassword } from './passwords'
import { endSessionsOf } from './session-rows'
import type { Sessions, ViewerSession } from './sessions'
import { admitAttempt, forgetFailures } from './sign-in-throttle'
import { newUserSchema } from './users'

export const profileSchema = newUserSchema.pick({ name: true })
export const passwordChangeSchema = z.object({ oldPassword: z.string().max(1_000), newPassword: z.string().max(1_000) })
export type PasswordChange = z.infer<typeof passwordChangeSchema>

type Deps = { database: Database; sessions: Sessions }

export async function changeName({ database, sessions }: Deps, { viewer }: ViewerSession, name: string, address: string | null): Promise<void> {
  if (name === viewer.name) return
  await database.$transaction(async (transaction) => {
    await transaction.user.update({ where: { id: viewer.id }, data: { name } })
    await recordAudit(transaction, { verb: 'profile-changed', actorId: viewer.id, address, userId: viewer.id, detail: { from: viewer.name, to: name } })
  })
  sessions.forget(viewer.id)
}

/**
 * The old password is asked for, because an unlocked desk is no proof of who sits there, and guessing it is slowed down as
 * signing in is. The session that changes it goes on. Throws AccessError `wrong-password`, `weak-password` or `throttled`.
 */
export async function changePassword({ database, sessions }: Deps, { viewer, sessionId }: ViewerSession, change: PasswordChange, address: string): Promise<void> {
  const admission = await admitAttempt(database, { email: viewer.email, address })
  if (!admission.isAdmitted) throw AccessError.throttled(admission.waitMs)
  const { passwordHash: stored } = await database.user.findUniqueOrThrow({ where: { id: viewer.id }, select: { passwordHash: true } })
  if (!(await verifyPassword(change.oldPassword, stored))) throw AccessError.wrongPassword()
  await forgetFailures(database, viewer.email)
  const passwordHash = await hashPassword(change.newPassword)
  await database.$transaction(async (transaction) => {
    await transaction.user.update({ where: { id: viewer.id }, data: { passwordHash } })
    await endSessionsOf(transaction, viewer.id, sessionId)
    await recordAudit(transaction, { verb: 'password-changed', actorId: viewer.id, address, userId: viewer.id })
  })
  sessions.forget(viewer.id)
}
