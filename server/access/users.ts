/** People who may sign in: made, given another role, disabled. */
import { z } from 'zod'
import { userIdSchema, type UserId } from '@/protocol/ids'
import { isUniqueViolation, type Database, type DatabaseOrTransaction } from '../database/client'
import type { Prisma } from '../database/generated/client'
import { Role } from '../database/generated/enums'
import { recordAudit } from './audit'
import { AccessError } from './errors'
import { hashPassword } from './passwords'
import { endSessionsOf } from './session-rows'
import type { Sessions } from './sessions'

/** Lower case: people do not remember how they wrote theirs. */
export const emailSchema = z.string().trim().toLowerCase().pipe(z.email().max(254))
export const roleSchema = z.enum(Role)
export const newUserSchema = z.object({
  email: emailSchema,
  name: z.string().trim().min(1).max(100),
  password: z.string(),
  role: roleSchema,
})
export type NewUser = z.infer<typeof newUserSchema>

export type Actor = { actorId: string | null; address: string | null }

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
type DisableDeps = Deps & { disconnectDevice: (deviceId: string) => void }

/** Everybody, those who may sign in first. */
export const listUsers = async (database: Database) =>
  (await database.user.findMany({ orderBy: [{ disabledAt: { sort: 'asc', nulls: 'first' } }, { name: 'asc' }], select: USER_FIELDS })).map(toUserItem)

export async function findUser(database: Database, userId: UserId): Promise<UserItem | null> {
  const user = await database.user.findUnique({ where: { id: userId }, select: USER_FIELDS })
  return user && toUserItem(user)
}

/** Throws AccessError `last-admin`. */
export async function changeRole({ database, sessions }: Deps, userId: UserId, role: Role, actor: Actor): Promise<void> {
  await database.$transaction(async (transaction) => {
    const { role: before } = await transaction.user.findUniqueOrThrow({ where: { id: userId }, select: { role: true } })
    if (before === role) return
    if (role !== 'admin') await keepAnAdmin(transaction, userId)
    await transaction.user.update({ where: { id: userId }, data: { role } })
    await recordAudit(transaction, { ...actor, verb: 'user-role-changed', userId, detail: { from: before, to: role } })
  })
  sessions.forget(userId)
}

/** He is out at once: sessions end, devices are disconnected and let in no more. Throws AccessError `last-admin`. */
export async function disableUser({ database, sessions, disconnectDevice }: DisableDeps, userId: UserId, actor: Actor): Promise<void> {
  const devices = await database.$transaction(async (transaction) => {
    await keepAnAdmin(transaction, userId)
    const { count } = await transaction.user.updateMany({ where: { id: userId, disabledAt: null }, data: { disabledAt: new Date() } })
    if (count > 0) await recordAudit(transaction, { ...actor, verb: 'user-disabled', userId })
    await endSessionsOf(transaction, userId)
    return transaction.device.findMany({ where: { userId }, select: { id: true } })
  })
  sessions.forget(userId)
  for (const { id } of devices) disconnectDevice(id)
}

/** He has to sign in anew. */
export async function enableUser({ database, sessions }: Deps, userId: UserId, actor: Actor): Promise<void> {
  await database.$transaction(async (transaction) => {
    const { count } = await transaction.user.updateMany({ where: { id: userId, disabledAt: { not: null } }, data: { disabledAt: null } })
    if (count > 0) await recordAudit(transaction, { ...actor, verb: 'user-enabled', userId })
  })
  sessions.forget(userId)
}

/** Of two who step down at once, the second waits for the first and is refused. */
async function keepAnAdmin(transaction: DatabaseOrTransaction, leavingId: UserId): Promise<void> {
  await transaction.$executeRaw`select pg_advisory_xact_lock(hashtextextended('the last admin', 0))`
  const leaving = await transaction.user.findUniqueOrThrow({ where: { id: leavingId }, select: { name: true, role: true, disabledAt: true } })
  if (leaving.role !== 'admin' || leaving.disabledAt !== null) return
  const others = await transaction.user.count({ where: { role: 'admin', disabledAt: null, id: { not: leavingId } } })
  if (others === 0) throw AccessError.lastAdmin(leaving.name)
}

const USER_FIELDS = {
  ...{ id: true, name: true, email: true, role: true, createdAt: true, disabledAt: true },
  teams: { orderBy: { team: { name: 'asc' } }, select: { team: { select: { id: true, name: true } } } },
  sessions: { orderBy: { lastSeenAt: 'desc' }, take: 1, select: { lastSeenAt: true } },
} satisfies Prisma.UserSelect

export type UserItem = {
  id: UserId
  name: string
  email: string
  role: Role
  teams: { id: string; name: string }[]
  createdAt: string
  isDisabled: boolean
  /** Null for somebody who has not signed in for a month. */
  lastSeenAt: string | null
}

function toUserItem({ id, teams, sessions, createdAt, disabledAt, ...user }: Prisma.UserGetPayload<{ select: typeof USER_FIELDS }>): UserItem {
  return {
    ...user,
    id: userIdSchema.parse(id),
    teams: teams.map(({ team }) => team),
    createdAt: createdAt.toISOString(),
    isDisabled: disabledAt !== null,
    lastSeenAt: sessions[0]?.lastSeenAt.toISOString() ?? null,
  }
}
