/** Keeping lists when it goes wrong, when two do it at once, and when it is much: against a real Postgres. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { type CallId, userIdSchema } from '@/protocol/ids'
import { CallActs } from '@/server/access/call-acts'
import type { Viewer } from '@/server/access/sessions'
import { makeMemoryMediaStore } from '@/server/media/memory-media-store'
import { assignList } from '@/server/training/assignments'
import { ClipFiles } from '@/server/training/clip-files'
import { addClip, moveClip } from '@/server/training/clips'
import { deleteList } from '@/server/training/delete-list'
import { changeList, type TrainingDeps } from '@/server/training/lists'
import { makeCallRow } from '../../support/call-rows'
import { makeViewer } from '../../support/people'
import { makeTestDatabase, type TestDatabase } from '../../support/postgres'

const MANY = 500
let db: TestDatabase
let by: { viewer: Viewer; address: null }
let callId: CallId
let listId: string
const appendCustody = vi.fn<(callId: CallId, act: { verb: string } & Record<string, unknown>) => Promise<boolean>>()
let deps: TrainingDeps
beforeAll(async () => {
  db = await makeTestDatabase()
  const { database } = db
  by = { viewer: await makeViewer(database, 'admin'), address: null }
  callId = await makeCallRow(database, (await makeViewer(database, 'technician')).id)
  await database.call.update({ where: { id: callId }, data: { lengthMs: 60_000 } })
  deps = { database, acts: new CallActs({ database, appendCustody }), clipFiles: new ClipFiles({ database, media: makeMemoryMediaStore(), log: { error: vi.fn() } }) }
})
afterAll(() => db.drop())
beforeEach(async () => {
  appendCustody.mockReset().mockResolvedValue(true)
  listId = (await db.database.trainingList.create({ data: { name: 'Roaming', teaches: 'Slowly', createdById: by.viewer.id } })).id
})

const makeClips = async (...places: number[]): Promise<string[]> => {
  const ids = places.map(() => randomUUID())
  await db.database.clip.createMany({ data: places.map((place, index) => ({ id: ids[index]!, listId, callId, startMs: 0, endMs: 2_000, title: `Clip ${index}`, place, addedById: by.viewer.id })) })
  return ids
}
const findClips = () => db.database.clip.findMany({ where: { listId }, orderBy: [{ place: 'asc' }, { id: 'asc' }], select: { id: true, title: true, place: true } })
const lastDetail = async (verb: string) => (await db.database.auditEntry.findFirst({ where: { verb }, orderBy: { id: 'desc' } }))?.detail

describe('deleting a list', () => {
  it('that fails on its way has written of no clip that is still there', async () => {
    const ids = await makeClips(1, 2, 3, 4)
    appendCustody.mockImplementation(() => (appendCustody.mock.calls.length < 3 ? Promise.resolve(true) : Promise.reject(new Error('disk full'))))
    await expect(deleteList(deps, listId, by)).rejects.toThrow('disk full')
    const left = (await findClips()).map(({ id }) => id)
    expect(left).toHaveLength(2)
    const removed = await db.database.auditEntry.findMany({ where: { verb: 'clip-removed' }, select: { detail: true } })
    expect(removed.map(({ detail }) => (detail as { clipId: string }).clipId).sort()).toEqual(ids.filter((id) => !left.includes(id)).sort())
    appendCustody.mockResolvedValue(true)
    await deleteList(deps, listId, by)
    expect(await db.database.trainingList.count({ where: { id: listId } })).toBe(0)
    expect(await lastDetail('training-list-deleted')).toMatchObject({ list: 'Roaming', clips: 2 })
  })

  it('writes of a clip that is added while it is deleted, too', async () => {
    await makeClips(1)
    let late = ''
    appendCustody.mockImplementationOnce(async () => {
      ;[late] = (await makeClips(2)) as [string]
      return true
    })
    await deleteList(deps, listId, by)
    expect(appendCustody.mock.calls.map(([, { clipId }]) => clipId)).toContain(late)
    expect(await lastDetail('training-list-deleted')).toMatchObject({ clips: 2 })
  })
})

describe('the places of clips', () => {
  it('are all different when many are added at once', async () => {
    const add = (title: string) => addClip(deps, callId, { list: listId, title, startMs: 0, endMs: 2_000, comment: null }, by)
    await Promise.all(['a', 'b', 'c', 'd', 'e'].map(add))
    expect((await findClips()).map(({ place }) => place)).toEqual([1, 2, 3, 4, 5])
  })

  it('are what both wanted when two people move at once', async () => {
    const [first, second, third, fourth] = await makeClips(1, 2, 3, 4)
    await Promise.all([moveClip(deps, first!, 'later', by), moveClip(deps, fourth!, 'earlier', by)])
    expect((await findClips()).map(({ id, place }) => [id, place])).toEqual([[second, 1], [first, 2], [fourth, 3], [third, 4]])
  })

  it('that were equal are moved all the same', async () => {
    await makeClips(1, 1, 7)
    const [first, second, third] = await findClips()
    await moveClip(deps, second!.id, 'earlier', by)
    expect(await findClips()).toMatchObject([{ id: second!.id, place: 1 }, { id: first!.id, place: 2 }, { id: third!.id, place: 3 }])
  })
})

it('a list is assigned to as many people as may be chosen, each with an entry of his own, and those who have it keep who gave it', async () => {
  const { database } = db
  const userIds = Array.from({ length: MANY }, () => userIdSchema.parse(randomUUID()))
  await database.user.createMany({ data: userIds.map((id) => ({ id, name: 'Learner', email: `${id}@example.com`, role: 'technician' as const, passwordHash: 'none' })) })
  const other = await makeViewer(database, 'admin')
  await database.trainingAssignment.create({ data: { listId, userId: userIds[0]!, assignedById: other.id } })
  await assignList(deps, listId, { userIds, dueOn: '2026-12-24' }, by)
  const assignments = await database.trainingAssignment.findMany({ where: { listId }, select: { userId: true, assignedById: true, dueOn: true } })
  expect(assignments).toHaveLength(MANY)
  for (const { userId, assignedById, dueOn } of assignments) expect([assignedById, dueOn]).toEqual([userId === userIds[0] ? other.id : by.viewer.id, new Date('2026-12-24')])
  const entries = await database.auditEntry.findMany({ where: { verb: 'training-assigned' }, select: { userId: true, detail: true } })
  expect(entries.map(({ userId }) => userId).sort()).toEqual(userIds.sort())
  expect(entries[0]!.detail).toEqual({ list: 'Roaming', listId, dueOn: '2026-12-24' })
})

it('whose list it is, and was, stands in the audit trail, and what it teaches', async () => {
  const { database } = db
  const team = await database.team.create({ data: { name: 'East' } })
  await changeList(deps, listId, { name: 'Roaming', teaches: 'Slowly', teamId: team.id }, by)
  expect(await lastDetail('training-list-changed')).toEqual({ list: 'Roaming', listId, team: 'East', teamBefore: null })
  await changeList(deps, listId, { name: 'Abroad', teaches: '', teamId: null }, by)
  expect(await lastDetail('training-list-changed')).toEqual({ list: 'Abroad', listId, before: 'Roaming', teaches: '', teachesBefore: 'Slowly', team: null, teamBefore: 'East' })
  await changeList(deps, listId, { name: 'Abroad', teaches: '', teamId: null }, by)
  expect(await lastDetail('training-list-changed')).toEqual({ list: 'Abroad', listId })
})
