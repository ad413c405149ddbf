/** Which file a clip has, when it is cut, and what becomes of one that cannot be. */
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { CallId } from '@/protocol/ids'
import { recordAudit } from '@/server/access/audit'
import { clipFile, type ClipStretch } from '@/server/jobs/make-clip'
import { PLAYBACK_FILE } from '@/server/jobs/playback-file'
import type { MediaStore } from '@/server/media/media-store'
import { makeMemoryMediaStore } from '@/server/media/memory-media-store'
import { ClipFiles } from '@/server/training/clip-files'
import { sweepClips } from '@/server/training/sweep-clips'
import { makeCallRow } from '../../support/call-rows'
import { makeViewer } from '../../support/people'
import { makeTestDatabase, type TestDatabase } from '../../support/postgres'
import { ffmpeg } from '../transcribe/spoken-call'

const MADE_AT = new Date('2026-11-24T10:00:00Z')
const BROKEN = new TextEncoder().encode('no film')
let db: TestDatabase
let playable: Buffer
let callId: CallId
let listId: string
let keeperId: string
let media: MediaStore
let clipFiles: ClipFiles
const log = { error: vi.fn() }
beforeAll(async () => {
  db = await makeTestDatabase()
  playable = await ffmpeg(['-f', 'lavfi', '-i', 'sine=duration=10', '-c:a', 'libopus', '-f', 'mp4', '-movflags', 'frag_keyframe+empty_moov', 'pipe:1'])
})
afterAll(() => db.drop())
beforeEach(async () => {
  const { database } = db
  log.error.mockClear()
  keeperId = (await makeViewer(database, 'technician')).id
  callId = await makeCallRow(database, keeperId)
  listId = (await database.trainingList.create({ data: { name: 'Roaming', teaches: '', createdById: keeperId } })).id
  media = makeMemoryMediaStore()
  clipFiles = new ClipFiles({ database, media, log })
})
afterEach(() => clipFiles.dispose())

const addRow = async (): Promise<ClipStretch> => {
  const clip = { id: randomUUID(), callId, startMs: 1_000, endMs: 3_000 }
  await db.database.clip.create({ data: { ...clip, listId, title: 'Greets', place: 1, addedById: keeperId } })
  return clip
}
const setPlayback = async (state: 'running' | 'done' | 'failed', content: Uint8Array = playable, finishedAt = MADE_AT): Promise<void> => {
  await media.replace(callId, PLAYBACK_FILE, content)
  const values = { state, finishedAt: state === 'running' ? null : finishedAt }
  await db.database.callTask.upsert({ where: { callId_kind: { callId, kind: 'playback' } }, create: { callId, kind: 'playback', ...values }, update: values })
}
const until = (clip: ClipStretch, state: string) => vi.waitFor(async () => expect(await clipFiles.find(clip)).toMatchObject({ state }), { timeout: 20_000, interval: 50 })

describe('the file of a clip', () => {
  it('waits for the playback file, is in the making at once, and is there soon', async () => {
    const clip = await addRow()
    expect(await clipFiles.find(clip)).toEqual({ state: 'waiting' })
    await setPlayback('running')
    expect(await clipFiles.find(clip)).toEqual({ state: 'waiting' })
    await setPlayback('done')
    expect(await clipFiles.find(clip)).toEqual({ state: 'making' })
    await until(clip, 'ready')
    expect(await clipFiles.find(clip)).toEqual({ state: 'ready', file: clipFile(clip.id, MADE_AT.getTime()), version: MADE_AT.getTime() })
  }, 30_000)

  it('is cut when the playback file was made, though nobody asks for it', async () => {
    const clips = [await addRow(), await addRow()]
    await setPlayback('done')
    clipFiles.makeAllSoon(callId)
    for (const { id } of clips) await vi.waitFor(async () => expect(await media.findSize(callId, clipFile(id, MADE_AT.getTime()))).not.toBeNull(), { timeout: 20_000, interval: 50 })
  }, 30_000)

  it('that could not be cut is not tried again by itself, only when somebody asks or the playback file is another', async () => {
    const clip = await addRow()
    await setPlayback('done', BROKEN)
    await until(clip, 'failed')
    for (let times = 0; times < 3; times++) expect(await clipFiles.find(clip)).toEqual({ state: 'failed', reason: 'not-cut' })
    expect(log.error).toHaveBeenCalledTimes(1)
    await clipFiles.makeAgain(clip)
    expect(await clipFiles.find(clip)).toEqual({ state: 'making' })
    await until(clip, 'failed')
    expect(log.error).toHaveBeenCalledTimes(2)
    await setPlayback('done', playable, new Date(MADE_AT.getTime() + 1))
    await until(clip, 'ready')
  }, 60_000)

  it('does not hold up those behind it when it cannot be cut', async () => {
    const [broken, whole] = [await addRow(), await addRow()]
    await setPlayback('done', BROKEN)
    await clipFiles.find(broken)
    await setPlayback('done', playable, new Date(MADE_AT.getTime() + 1))
    await until(whole, 'ready')
  }, 30_000)

  it('is not tried where the call cannot be played, or is on another server', async () => {
    const clip = await addRow()
    await setPlayback('failed')
    expect(await clipFiles.find(clip)).toEqual({ state: 'failed', reason: 'no-playback' })
    await setPlayback('done')
    await media.removeDerived(callId, PLAYBACK_FILE)
    expect(await clipFiles.find(clip)).toEqual({ state: 'failed', reason: 'no-playback' })
    expect(log.error).not.toHaveBeenCalled()
  })
})

it('what a crash left of a removed clip goes at the next start, and nothing else', async () => {
  const { database } = db
  const [kept, removed] = [await addRow(), await addRow()]
  for (const { id } of [kept, removed]) await media.replace(callId, clipFile(id, 1), BROKEN)
  await setPlayback('done')
  await database.clip.delete({ where: { id: removed.id } })
  await recordAudit(database, { verb: 'clip-removed', actorId: keeperId, callId, detail: { clipId: removed.id } })
  expect(await sweepClips({ database, media })).toBe(1)
  expect((await media.list(callId)).map(({ file }) => file)).toEqual([clipFile(kept.id, 1), PLAYBACK_FILE].sort())
  expect(await sweepClips({ database, media })).toBe(0)
})
