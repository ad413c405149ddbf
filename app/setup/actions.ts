/** Makes the first administrator. */
'use server'

import { AccessError } from '@/server/access/errors'
import { createFirstAdmin, firstAdminSchema } from '@/server/access/first-admin'
import { getRuntime } from '@/server/runtime'
import { findCaller } from '../shell/caller'

/** `fields`: what has to be written otherwise; `message`: why nothing was made. */
export type SetupAnswer = { state: 'made' } | { state: 'refused'; fields: readonly ('name' | 'email' | 'password')[]; message: string | null }

export async function makeFirstAdmin(form: FormData): Promise<SetupAnswer> {
  const input = firstAdminSchema.safeParse(Object.fromEntries(form))
  if (!input.success) {
    const names = new Set(input.error.issues.map(({ path }) => path[0]))
    return { state: 'refused', fields: (['name', 'email', 'password'] as const).filter((name) => names.has(name)), message: null }
  }
  try {
    await createFirstAdmin(getRuntime().database, input.data, await findCaller())
    return { state: 'made' }
  } catch (error) {
    if (!(error instanceof AccessError)) throw error
    return { state: 'refused', fields: error.reason === 'weak-password' ? ['password'] : [], message: error.message }
  }
}
