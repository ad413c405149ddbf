/** Makes the account that an invitation is for. */
'use server'

import { AccessError } from '@/server/access/errors'
import { acceptInvite, acceptSchema } from '@/server/access/invites'
import { getRuntime } from '@/server/runtime'
import { findCaller } from '../shell/caller'

/** `fields`: what has to be written otherwise; `message`: why nothing was made. */
export type AcceptAnswer = { state: 'made' } | { state: 'refused'; fields: readonly ('name' | 'password')[]; message: string | null }

export async function accept(form: FormData): Promise<AcceptAnswer> {
  const input = acceptSchema.safeParse(Object.fromEntries(form))
  if (!input.success) {
    const names = new Set(input.error.issues.map(({ path }) => path[0]))
    return { state: 'refused', fields: (['name', 'password'] as const).filter((name) => names.has(name)), message: null }
  }
  try {
    await acceptInvite(getRuntime().database, input.data, await findCaller())
    return { state: 'made' }
  } catch (error) {
    if (!(error instanceof AccessError)) throw error
    return { state: 'refused', fields: error.reason === 'weak-password' ? ['password'] : [], message: error.message }
  }
}
