/** Lets a guest in who has confirmed his invitation: his browser keeps a cookie for that one call. */
'use server'

import { cookies } from 'next/headers'
import { confirmInvitation, invitationCookie, type InvitationEnd } from '@/server/live/guests'
import { getRuntime } from '@/server/runtime'
import { findCaller } from '../shell/caller'

const MAX_TOKEN_LENGTH = 100

export type ConfirmAnswer = { state: 'confirmed'; id: string } | { state: InvitationEnd }

export async function confirm(token: unknown): Promise<ConfirmAnswer> {
  if (typeof token !== 'string' || token.length > MAX_TOKEN_LENGTH) return { state: 'unknown' }
  const { database, origin } = getRuntime()
  const confirmed = await confirmInvitation(database, token, await findCaller())
  if ('state' in confirmed) return confirmed
  const { id, secret, expiresAt } = confirmed
  const jar = await cookies()
  // On all paths: the socket's handshake must have it too.
  jar.set(invitationCookie(id), secret, { httpOnly: true, sameSite: 'lax', secure: origin.startsWith('https:'), path: '/', expires: expiresAt })
  return { state: 'confirmed', id }
}
