/** Media over HTTP: who gets which bytes, and what is written down about it. Real files, database and sockets. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { makeCallId, type CallId } from '@/protocol/ids'
import { CallActs } from '@/server/access/call-acts'
import { Sessions, type Viewer } from '@/server/access/sessions'
import type { Front } from '@/server/http/front'
import { handleMedia } from '@/server/http/media-routes'
import { makeFileMediaStore } from '@/server/media/file-media-store'
import { makeCallRow } from '../../support/call-rows'
import { sessionCookie, startFront, TEST_SECRET, type TestLog } from '../../support/front'
import { makeViewer } from '../../support/people'
import { makeTestDatabase, type TestDatabase } from '../../support/postgres'

const BYTES = Buffer.from(Array.from({ length: 1_000 }, (_, index) => index % 251))
const appendCustody = vi.fn(() => Promise.resolve(true))
const folder = mkdtempSync(join(tmpdir(), 'callwitness-media-'))
const media = makeFileMediaStore(folder)
let db: TestDatabase
let front: Front
let log: TestLog
let sessions: Sessions
let rani: Viewer
let admin: Viewer
let callId: CallId

beforeAll(async () => {
  db = await makeTestDatabase()
  ;[rani, admin] = await Promise.all([makeViewer(db.database, 'technician'), makeViewer(db.database, 'admin')])
  callId = await makeMediaCall()
  sessions = new Sessions({ database: db.database, secret: TEST_SECRET, isHttps: false })
  const acts = new CallActs({ database: db.database, appendCustody })
  ;({ front, log } = await startFront())
  front.serve((req, res, url, address) => handleMedia({ database: db.database, media, sessions, acts }, req, res, url, address))
})
afterAll(async () => {
  await front.close()
  await media.dispose()
  await db.drop()
  rmSync(folder, { recursive: true })
})

async function makeMediaCall(): Promise<CallId> {
  const id = await makeCallRow(db.database, rani.id)
  await media.write(id, 'technician.ogg', 0, BYTES)
  await media.replace(id, 'derived/playback.mp4', BYTES)
  await media.replace(id, 'derived/peaks.json', Buffer.from('{}'))
  await media.write(id, 'log.jsonl', 0, Buffer.from('{"seq":0}\n'))
  return id
}

const get = async (path: string, viewer: Viewer | null = rani, headers: Record<string, string> = {}, method = 'GET') =>
  fetch(`${front.origin}/media/${path}`, { method, headers: { ...headers, ...(viewer && { cookie: await sessionCookie(db.database, viewer) }) } })
const getTrack = (headers: Record<string, string> = {}, method = 'GET') => get(`${callId}/technician.ogg`, rani, headers, method)
const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer())
const auditOf = (id: CallId) => db.database.auditEntry.findMany({ where: { callId: id }, orderBy: { id: 'asc' }, select: { verb: true, actorId: true, address: true, detail: true } })

test('the whole file comes with its size and type, private to the viewer', async () => {
  const response = await getTrack()
  expect(response.status).toBe(200)
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-length': '1000',
    'content-type': 'audio/ogg; codecs=opus',
    'accept-ranges': 'bytes',
    'cache-control': 'private, no-cache',
    'cross-origin-resource-policy': 'same-origin',
  })
  expect(await bytesOf(response)).toEqual(BYTES)
})

test.each([
  ['bytes=0-99', 0, 100],
  ['bytes=990-', 990, 1_000],
  ['bytes=-10', 990, 1_000],
  ['bytes=900-5000', 900, 1_000],
  ['bytes=-5000', 0, 1_000],
])('range %s is answered with exactly these bytes', async (range, from, to) => {
  const response = await getTrack({ range })
  expect(response.status).toBe(206)
  expect(response.headers.get('content-range')).toBe(`bytes ${from}-${to - 1}/1000`)
  expect(response.headers.get('content-length')).toBe(String(to - from))
  expect(await bytesOf(response)).toEqual(BYTES.subarray(from, to))
})

test.each(['bytes=1000-', 'bytes=5000-6000', 'bytes=-0'])('range %s holds nothing and is refused with the size', async (range) => {
  const response = await getTrack({ range })
  expect(response.status).toBe(416)
  expect(response.headers.get('content-range')).toBe('bytes */1000')
})

test.each(['bytes=9-3', 'bytes=0-1,5-6', 'lines=1-2', 'bytes=-'])('range %s is not honoured: the whole file comes', async (range) => {
  const response = await getTrack({ range })
  expect(response.status).toBe(200)
  expect((await bytesOf(response)).length).toBe(1_000)
})

test('what the viewer has already is not sent again, and a range of another version is not mixed in', async () => {
  const etag = (await getTrack({}, 'HEAD')).headers.get('etag') ?? ''
  expect((await getTrack({ 'if-none-match': etag })).status).toBe(304)
  expect((await getTrack({ 'if-range': etag, range: 'bytes=0-9' })).status).toBe(206)
  expect((await getTrack({ 'if-range': '"another"', range: 'bytes=0-9' })).status).toBe(200)
})

test('a file that was derived again with the same size is another version', async () => {
  const path = `${callId}/playback.mp4`
  const etag = (await get(path, rani, {}, 'HEAD')).headers.get('etag') ?? ''
  await db.database.callTask.create({ data: { callId, kind: 'playback', state: 'done', finishedAt: new Date() } })
  expect((await get(path, rani, { 'if-none-match': etag })).status).toBe(200)
})

test('a HEAD tells the size and is no listening', async () => {
  const id = await makeMediaCall()
  const response = await get(`${id}/technician.ogg`, rani, {}, 'HEAD')
  expect(response.headers.get('content-length')).toBe('1000')
  expect(await auditOf(id)).toEqual([])
})

test('unknown, forbidden, malformed and not signed in look exactly the same', async () => {
  const others = await Promise.all((['technician', 'supervisor', 'reviewer'] as const).map((role) => makeViewer(db.database, role)))
  const path = `${callId}/technician.ogg`
  const answers = await Promise.all([
    get(`${makeCallId()}/technician.ogg`),
    get(`${callId}/customer.ogg`),
    get(`${callId}/..%2f..%2fserver-ed25519.pem`),
    get(`${callId}/receipts.jsonl`),
    get('not-a-call/technician.ogg'),
    get(`${path}/more`),
    get(path, null),
    ...others.map((viewer) => get(path, viewer)),
  ])
  const seen = await Promise.all(answers.map(async (answer) => [answer.status, answer.headers.get('content-type'), [...answer.headers.keys()].join(), await answer.text()]))
  expect(new Set(seen.map((answer) => JSON.stringify(answer))).size).toBe(1)
  expect(seen[0]?.[0]).toBe(404)
})

test('an admin may listen to every call', async () => {
  expect((await get(`${callId}/technician.ogg`, admin)).status).toBe(200)
})

test('many ranges of one listening are one entry, in the audit trail and in custody; a second viewer is another', async () => {
  const id = await makeMediaCall()
  appendCustody.mockClear()
  await Promise.all([0, 100, 200].map((from) => get(`${id}/technician.ogg`, rani, { range: `bytes=${from}-${from + 9}` })))
  await get(`${id}/playback.mp4`)
  await get(`${id}/playback.mp4`, admin)
  await get(`${id}/peaks.json`, admin)
  const listened = (viewer: Viewer) => ({ verb: 'listened', actorId: viewer.id, address: '127.0.0.1', detail: null })
  expect(await auditOf(id)).toEqual([listened(rani), listened(admin)])
  expect(appendCustody.mock.calls).toEqual([
    [id, { verb: 'listened', by: { id: rani.id, name: rani.name } }],
    [id, { verb: 'listened', by: { id: admin.id, name: admin.name } }],
  ])
})

test('what comes out of the viewer’s own cache is listened to all the same', async () => {
  const id = await makeMediaCall()
  const etag = (await get(`${id}/technician.ogg`, rani, {}, 'HEAD')).headers.get('etag') ?? ''
  expect((await get(`${id}/technician.ogg`, rani, { 'if-none-match': etag })).status).toBe(304)
  expect((await auditOf(id)).map(({ verb }) => verb)).toEqual(['listened'])
})

test('a download is named and written down each time, with the file', async () => {
  const id = await makeMediaCall()
  const response = await get(`${id}/playback.mp4?download`)
  expect(response.headers.get('content-disposition')).toBe(`attachment; filename="call-${id}-playback.mp4"`)
  await get(`${id}/log.jsonl`)
  const downloaded = (file: string) => ({ verb: 'downloaded', actorId: rani.id, address: '127.0.0.1', detail: { file } })
  expect(await auditOf(id)).toEqual([downloaded('playback.mp4'), downloaded('log.jsonl')])
})

test('nothing is sent that could not be written down', async () => {
  const id = await makeMediaCall()
  appendCustody.mockRejectedValueOnce(new Error('disk full'))
  expect((await get(`${id}/technician.ogg`)).status).toBe(500)
  expect(log.errors.splice(0)).toMatchObject([{ cause: { message: 'disk full' } }])
})

test('a disabled user is out at once where it was done, and his role is read again within a minute elsewhere', async () => {
  const leaver = await makeViewer(db.database, 'admin')
  const path = `${callId}/technician.ogg`
  expect((await get(path, leaver)).status).toBe(200)
  await db.database.user.update({ where: { id: leaver.id }, data: { disabledAt: new Date() } })
  sessions.forget(leaver.id)
  expect((await get(path, leaver)).status).toBe(404)
})

test('media cannot be written', async () => {
  expect((await getTrack({}, 'DELETE')).status).toBe(405)
})

test('a player that lets go in the middle is no fault', async () => {
  const id = await makeMediaCall()
  await media.replace(id, 'derived/playback.mp4', Buffer.alloc(20_000_000))
  const abort = new AbortController()
  const response = await fetch(`${front.origin}/media/${id}/playback.mp4`, { signal: abort.signal, headers: { cookie: await sessionCookie(db.database, rani) } })
  abort.abort()
  await expect(response.arrayBuffer()).rejects.toThrow()
  expect((await getTrack({ range: 'bytes=0-0' })).status).toBe(206)
  expect(log.errors).toEqual([])
})
