/** By what a page is let in to live listening: the session of somebody who supervises, or the cookie of a guest's invitation. */
import type { IncomingHttpHeaders } from 'node:http'
import type { Person } from '@/protocol/entries'
import type { CallId } from '@/protocol/ids'
import { liveAuthSchema } from '@/protocol/live-messages'
import { parseCookies } from '../access/cookies'
import { maySupervise } from '../access/policy'
import type { Sessions, Viewer } from '../access/sessions'
import type { Database } from '../database/client'
import { findGuest, type Guest, readGuestAnew } from './guests'
import { mayListen } from './live-rights'

export type Admission = { by: 'session'; sessionId: string; viewer: Viewer } | { by: 'invitation'; guest: Guest }
type Deps = { database: Database; sessions: Sessions }

/** A page that names an invitation comes as a guest, whoever is signed in in the same browser. */
export async function admit({ headers, auth }: { headers: IncomingHttpHeaders; auth: unknown }, { database, sessions }: Deps): Promise<Admission | null> {
  const named = liveAuthSchema.safeParse(auth)
  if (!named.success) return null
  if (named.data.invitation !== undefined) {
    const standing = await findGuest(database, named.data.invitation, parseCookies(headers.cookie ?? ''))
    return standing.state === 'counts' ? { by: 'invitation', guest: standing.guest } : null
  }
  const session = await sessions.sessionOfHeaders(headers)
  return session && maySupervise(session.viewer) ? { by: 'session', ...session } : null
}

/** As it is now, in the order of those asked for, each read by itself; `null` for whoever may not go on. */
export function readAdmissionsAnew(admissions: readonly Admission[], { database, sessions }: Deps): Promise<Admission | null>[] {
  const sessionIds = admissions.flatMap((admission) => (admission.by === 'session' ? [admission.sessionId] : []))
  const viewers = sessionIds.length > 0 ? sessions.readAnew(sessionIds) : null
  return admissions.map(async (admission): Promise<Admission | null> => {
    if (admission.by === 'invitation') {
      const standing = await readGuestAnew(database, admission.guest)
      return standing.state === 'counts' ? { by: 'invitation', guest: standing.guest } : null
    }
    const viewer = (await viewers)?.get(admission.sessionId)
    return viewer && maySupervise(viewer) ? { ...admission, viewer } : null
  })
}

/** Of a guest's admission that counts it is true of his call alone. */
export const mayHear = async (database: Database, admission: Admission, callId: CallId): Promise<boolean> =>
  admission.by === 'session' ? mayListen(database, admission.viewer, callId) : admission.guest.callId === callId && (await readGuestAnew(database, admission.guest)).state === 'counts'

export const isGuest = ({ by }: Admission): boolean => by === 'invitation'

/** Whoever it is, as the log names him. */
export const personOf = (admission: Admission): Person => (admission.by === 'session' ? { id: admission.viewer.id, name: admission.viewer.name } : admission.guest.person)
