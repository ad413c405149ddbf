/** Saved views: each person has his own. On real Postgres. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Viewer } from '@/server/access/sessions'
import { deleteView, listSavedViews, MAX_VIEWS, saveView } from '@/server/timeline/saved-views'
import { makeViewer } from '../../support/people'
import { makeTestDatabase, type TestDatabase } from '../../support/postgres'

let db: TestDatabase
let viewer: Viewer
beforeAll(async () => void (db = await makeTestDatabase()))
afterAll(() => db.drop())
beforeEach(async () => void (viewer = await makeViewer(db.database, 'supervisor')))

it('keeps a filter under its name, and replaces one of the same name', async () => {
  await saveView(db.database, viewer, 'Mornings', 'look=any&nonsense=1&q=roaming')
  await saveView(db.database, viewer, 'Mornings', 'when=today')
  await saveView(db.database, viewer, 'A lost one', '?look=lost')
  expect((await listSavedViews(db.database, viewer)).map(({ name, query }) => [name, query])).toEqual([['A lost one', 'look=lost'], ['Mornings', 'when=today']])
})

it('is nobody else’s to see or to delete, an admin’s neither', async () => {
  await saveView(db.database, viewer, 'Mine', 'look=any')
  const { id } = (await listSavedViews(db.database, viewer))[0]!
  const admin = await makeViewer(db.database, 'admin')
  expect(await listSavedViews(db.database, admin)).toEqual([])
  expect(await deleteView(db.database, admin, id)).toBe(false)
  expect(await deleteView(db.database, viewer, id)).toBe(true)
  expect(await listSavedViews(db.database, viewer)).toEqual([])
})

it('has room for so many, and those that are there can still be changed', async () => {
  await db.database.savedView.createMany({ data: Array.from({ length: MAX_VIEWS }, (_, index) => ({ userId: viewer.id, name: `view ${index}`, query: '' })) })
  expect(await saveView(db.database, viewer, 'one more', 'look=any')).toBe(false)
  expect(await saveView(db.database, viewer, 'view 7', 'look=any')).toBe(true)
})
