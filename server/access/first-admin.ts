/**
 * How the first administrator comes to be: while there is no user, the server prints a link with a one-time token at its
 * start. Each start makes a new token; the use of one ends it.
 */
import { z } from 'zod'
import type { UserId } from '@/protocol/ids'
import type { Database } from '../database/client'
import { AccessError } from './errors'
import { hashPassword } from './passwords'
import { hashOfToken, makeToken } from './tokens'
import { insertUser, newUserSchema } from './users'

const SETTING_KEY = 'first-admin'

export const firstAdminSchema = newUserSchema.omit({ role: true }).extend({ token: z.string().max(100) })
export type FirstAdmin = z.infer<typeof firstAdminSchema>

/** A new token, or null when there is a user already. */
export async function offerFirstAdmin(database: Database): Promise<string | null> {
  if ((await database.user.count()) > 0) return null
  const token = makeToken()
  const value = { tokenHash: hashOfToken(token) }
  await database.setting.upsert({ where: { key: SETTING_KEY }, create: { key: SETTING_KEY, value }, update: { value } })
  return token
}

/** Whether the link still works, for the page behind it. */
export const isSetupTokenAlive = async (database: Database, token: string): Promise<boolean> =>
  (await database.setting.count({ where: settingOf(token) })) > 0

/** Of two at once only one gets the row to delete, so only one becomes the administrator. */
export async function createFirstAdmin(database: Database, admin: FirstAdmin, address: string | null): Promise<UserId> {
  const { token, password, ...person } = admin
  if (!(await isSetupTokenAlive(database, token))) throw AccessError.setupTokenDead()
  const passwordHash = await hashPassword(password)
  return database.$transaction(async (transaction) => {
    const { count } = await transaction.setting.deleteMany({ where: settingOf(token) })
    if (count === 0 || (await transaction.user.count()) > 0) throw AccessError.setupTokenDead()
    return insertUser(transaction, { ...person, role: 'admin', passwordHash }, { actorId: null, address })
  })
}

const settingOf = (token: string) => ({ key: SETTING_KEY, value: { equals: { tokenHash: hashOfToken(token) } } })
