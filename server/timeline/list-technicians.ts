/** Whose calls somebody may see, for choosing one of them. */
import { callsVisibleTo } from '../access/policy'
import type { Viewer } from '../access/sessions'
import type { Database } from '../database/client'

export const listTechnicians = (database: Database, viewer: Viewer): Promise<{ id: string; name: string }[]> =>
  database.user.findMany({ where: { calls: { some: callsVisibleTo(viewer) } }, orderBy: [{ name: 'asc' }, { id: 'asc' }], select: { id: true, name: true } })
