/** People for tests: a user with a role, and the viewer that he is when signed in. */
import { randomBytes } from 'node:crypto'
import type { Viewer } from '@/server/access/sessions'
import { createUser } from '@/server/access/users'
import type { Database } from '@/server/database/client'

export const TEST_PASSWORD = 'correct horse battery'
const NOBODY = { actorId: null, address: null }

export async function makeViewer(database: Database, role: Viewer['role']): Promise<Viewer> {
  const name = `${role} ${randomBytes(3).toString('hex')}`
  const email = `${name.replace(' ', '.')}@example.com`
  const id = await createUser(database, { name, email, role, password: TEST_PASSWORD }, NOBODY)
  return { id, name, email, role }
}
