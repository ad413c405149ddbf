/** Filters of the call list that people gave names, each for himself. */
import { z } from 'zod'
import { formatCallFilter, parseCallFilter } from '@/protocol/call-filter'
import type { Viewer } from '../access/sessions'
import type { Database } from '../database/client'
import type { SavedView } from './view'

export const MAX_VIEWS = 50
export const viewNameSchema = z.string().trim().min(1).max(60)

export const listSavedViews = (database: Database, viewer: Viewer): Promise<SavedView[]> =>
  database.savedView.findMany({ where: { userId: viewer.id }, orderBy: { name: 'asc' }, select: { id: true, name: true, query: true } })

/** A view of the same name is replaced. Returns whether there was room for it. */
export async function saveView(database: Database, viewer: Viewer, name: string, search: string): Promise<boolean> {
  const query = formatCallFilter(parseCallFilter(new URLSearchParams(search)))
  const isNew = (await database.savedView.count({ where: { userId: viewer.id, name } })) === 0
  if (isNew && (await database.savedView.count({ where: { userId: viewer.id } })) >= MAX_VIEWS) return false
  await database.savedView.upsert({ where: { userId_name: { userId: viewer.id, name } }, create: { userId: viewer.id, name, query }, update: { query } })
  return true
}

/** Somebody else's is not there. */
export async function deleteView(database: Database, viewer: Viewer, id: string): Promise<boolean> {
  const { count } = await database.savedView.deleteMany({ where: { id, userId: viewer.id } })
  return count > 0
}
