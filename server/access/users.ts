/** People who may sign in: made, given another role, disabled. */
import { z } from 'zod'
import { userIdSchema, type UserId } from '@/protocol/ids'
import { isUniqueViolation, type Database, type DatabaseOrTransaction } from '../database/client'
import { Role } from '../database/generated/enums'
import { recordAudit } from './audit'
import { AccessError } from './errors'
import { hashPassword } from './passwords'
import type { Sessions } from './sessions'

/** Lower case: people do not remember how they wrote theirs. */
export const emailSchema = z.string().trim().toLowerCase().pipe(z.email().max(254))
export const newUserSchema = z.object({
  email: emailSchema,
  name: z.string().trim().min(1).max(100),
  password: z.string(),
  role: z.enum(Role),
})
export type NewUser = z.infer<typeof newUserSchema>

type Actor = { actorId: string | null; address: string | null }

export async function createUser(database: Database, user: NewUser, actor: Actor): Promise<UserId> {
  const passwordHash = await hashPassword(user.password)
  return database.$transaction((transaction) => insertUser(transaction, { ...user, passwordHash }, actor))
}

/** Null actor: the user makes himself, as the first administrator does. */
export async function insertUser(transaction: DatabaseOrTransaction, user: Omit<NewUser, 'password'> & { passwordHash: string }, actor: Actor): Promise<UserId> {
  const { email, name, role, passwordHash } = user
  const { id } = await transaction.user.create({ data: { email, name, role, passwordHash }, select: { id: true } }).catch((error: unknown) => {
    throw isUniqueViolation(error) ? AccessError.emailTaken(email) : error
  })
  await recordAudit(transaction, { verb: 'user-created', actorId: actor.actorId ?? id, address: actor.address, userId: id, detail: { role } })
  return userIdSchema.parse(id)
}

type Deps = { database: Database; sessions: Sessions }

export async function changeRole({ database, sessions }: Deps, userId: UserId, role: Role, actor: Actor): Promise<void> {
  await database.$transaction(async (transaction) => {
    const { role: before } = await transaction.user.findUniqueOrThrow({ where: { id: userId }, select: { role: true } })
    await transaction.user.update({ where: { id: userId }, data: { role } })
    await recordAudit(transaction, { ...actor, verb: 'user-role-changed', userId, detail: { from: before, to: role } })
  })
  sessions.forget(userId)
}

export async function setUserEnabled({ database, sessions }: Deps, userId: UserId, isEnabled: boolean, actor: Actor): Promise<void> {
  await database.$transaction(async (transaction) => {
    await transaction.user.update({ where: { id: userId }, data: { disabledAt: isEnabled ? null : new Date() } })
    await recordAudit(transaction, { ...actor, verb: isEnabled ? 'user-enabled' : 'user-disabled', userId })
  })
  sessions.forget(userId)
}
