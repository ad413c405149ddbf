/** Moments and notes on a real database: who may add and delete, and what is written down about it. */
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { CallId } from '@/protocol/ids'
import { CallActs } from '@/server/access/call-acts'
import type { Viewer } from '@/server/access/sessions'
import { addNote, deleteNote, findMoments, newNoteSchema } from '@/server/timeline/moments'
import { makeCallRow } from '../../support/call-rows'
import { makeViewer } from '../../support/people'
import { makeTestDatabase, type TestDatabase } from '../../support/postgres'

const LAST_MS = 60_000
const TEXT = 'He declined the 24 months.'
// An asymmetric matcher has no type of its own.
const isoTime = expect.stringMatching(/Z$/) as unknown
const appendCustody = vi.fn(() => Promise.resolve(true))
let db: TestDatabase
let acts: CallActs
let linda: Viewer
let sari: Viewer
let admin: Viewer
let callId: CallId

beforeAll(async () => {
  db = await makeTestDatabase()
  acts = new CallActs({ database: db.database, appendCustody })
  ;[linda, sari, admin] = await Promise.all([makeViewer(db.database, 'technician'), makeViewer(db.database, 'supervisor'), makeViewer(db.database, 'admin')])
})
afterAll(() => db.drop())
beforeEach(async () => {
  callId = await makeCallRow(db.database, linda.id)
  appendCustody.mockClear()
})

const add = (viewer: Viewer, note: { startMs: number; endMs: number; text: string } = { startMs: 1_000, endMs: 4_000, text: TEXT }) =>
  addNote({ acts }, callId, LAST_MS, note, { viewer, address: '10.0.0.7' })
const remove = (viewer: Viewer, noteId: string) => deleteNote({ acts }, callId, noteId, { viewer, address: null })
const onlyNote = async () => (await findMoments(db.database, callId))[0]!.notes[0]!
const auditOf = (verb: string) => db.database.auditEntry.findMany({ where: { callId, verb }, select: { actorId: true, address: true, detail: true } })

describe('a note', () => {
  it('stands at its moment with who and when', async () => {
    await add(sari)
    expect(await findMoments(db.database, callId)).toMatchObject([
      { startMs: 1_000, endMs: 4_000, by: { id: sari.id }, at: isoTime, notes: [{ by: { id: sari.id, name: sari.name }, text: TEXT, at: isoTime }] },
    ])
  })

  it('on a stretch that is marked already joins its moment', async () => {
    await add(sari)
    await add(linda, { startMs: 1_000, endMs: 4_000, text: 'I read it back to him.' })
    const [moment, ...others] = await findMoments(db.database, callId)
    expect(others).toEqual([])
    expect(moment).toMatchObject({ by: { id: sari.id }, notes: [{ by: { id: sari.id } }, { by: { id: linda.id } }] })
  })

  it('is written down in the audit trail and in the custody log, its text as a hash', async () => {
    await add(sari)
    const detail = { startMs: '1000', endMs: '4000', textSha256: createHash('sha256').update(TEXT).digest('hex'), noteId: (await onlyNote()).id }
    expect(await auditOf('note-added')).toEqual([{ actorId: sari.id, address: '10.0.0.7', detail }])
    expect(appendCustody).toHaveBeenCalledExactlyOnceWith(callId, { verb: 'note-added', by: { id: sari.id, name: sari.name }, ...detail })
    expect(JSON.stringify(await auditOf('note-added'))).not.toContain('declined')
  })

  it('is not there when it cannot be written down', async () => {
    appendCustody.mockRejectedValueOnce(new Error('the disk is full'))
    await expect(add(sari)).rejects.toThrow('the disk is full')
    expect(await findMoments(db.database, callId)).toEqual([])
    expect(await auditOf('note-added')).toEqual([])
  })

  it('cannot be attached beyond the end', async () => {
    await expect(add(linda, { startMs: 1_000, endMs: LAST_MS + 1, text: TEXT })).rejects.toThrow(/between 0 and 60000 ms/)
    await expect(add(linda, { startMs: 4_000, endMs: 1_000, text: TEXT })).rejects.toThrow(/begins before it ends/)
    expect(await findMoments(db.database, callId)).toEqual([])
  })

  it.each([['empty', '  '], ['too long', 'x'.repeat(4_001)]])('is refused when it is %s', (_, text) => {
    expect(newNoteSchema.safeParse({ startMs: 0, endMs: 0, text }).success).toBe(false)
  })
})

describe('deleting a note', () => {
  it.each([['its author', () => sari], ['an admin', () => admin]])('is for %s, and the moment goes with its last note', async (_, who) => {
    await add(sari)
    const { id } = await onlyNote()
    await remove(who(), id)
    expect(await findMoments(db.database, callId)).toEqual([])
    expect(await auditOf('note-deleted')).toMatchObject([{ actorId: who().id, detail: { noteId: id } }])
  })

  it('is not for anybody else, to whom it looks as if there were none', async () => {
    await add(sari)
    const { id } = await onlyNote()
    const unknown = await remove(linda, '11111111-1111-4111-8111-111111111111').catch((error: Error) => error.message)
    await expect(remove(linda, id)).rejects.toThrow(unknown ?? 'a refusal')
    expect((await onlyNote()).id).toBe(id)
    expect(await auditOf('note-deleted')).toEqual([])
  })

  it('needs the call that the note is on', async () => {
    await add(sari)
    const { id } = await onlyNote()
    callId = await makeCallRow(db.database, linda.id)
    await expect(remove(sari, id)).rejects.toThrow(/no such note/)
  })
})
