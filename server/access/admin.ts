/** Who may manage people, asked at the door of each such change: what follows writes his name down and asks no more. */
import { AccessError } from './errors'
import { mayManageUsers } from './policy'
import type { Viewer } from './sessions'

export type AdminActor = { actorId: string; address: string | null }

/** Throws AccessError `not-allowed`. */
export function requireAdmin(viewer: Viewer | null, address: string | null): AdminActor {
  if (!viewer || !mayManageUsers(viewer)) throw AccessError.notAllowed()
  return { actorId: viewer.id, address }
}
