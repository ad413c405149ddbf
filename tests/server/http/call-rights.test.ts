/** What an open call page asks of the server: its standing, its files, its notes. Each of them for every role and for nobody. */
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeCallId, type CallId } from '@/protocol/ids'
import type { Viewer } from '@/server/access/sessions'
import { makeFileMediaStore } from '@/server/media/file-media-store'
import type { MediaStore } from '@/server/media/media-store'
import { makeCallRow } from '../../support/call-rows'
import { HttpClient } from '../../support/http-client'
import { startTestServer, type TestServer } from '../../support/server'
import { callAction } from '../../support/server-action'
import { storeCall } from '../../support/store-call'
import { makeTestDevice, SampleCall } from '../ingest/sample-call'

const ROLES = ['technician', 'supervisor', 'reviewer', 'admin'] as const
type Role = (typeof ROLES)[number]
const CALLS = ['his own', 'of his team', 'given to him', 'of somebody else', 'that is not there'] as const
const SEEN: Readonly<Record<Role, readonly (typeof CALLS)[number][]>> = {
  technician: ['his own'],
  supervisor: ['of his team'],
  reviewer: ['given to him'],
  admin: ['his own', 'of his team', 'given to him', 'of somebody else'],
}
const DERIVED = ['stills.json', 'stills.jpg', 'peaks.json', 'playback.mp4']

let server: TestServer
let nobody: HttpClient
const people = {} as Record<Role, { viewer: Viewer; client: HttpClient }>
const ids = {} as Record<(typeof CALLS)[number], CallId>
let mate: Viewer
beforeAll(async () => {
  // Nothing runs what is made again here: a run that ends late would change the state that the next role finds.
  server = await startTestServer({ CALLWITNESS_JOBS: '0' })
  nobody = new HttpClient(server.origin)
  const { database } = server
  for (const role of ROLES) people[role] = await server.signInAs(role)
  mate = await server.createUser('technician')
  const stranger = await server.createUser('technician')
  const media = makeFileMediaStore(join(server.dataDir, 'media'))
  for (const [name, technician] of [['his own', people.technician.viewer], ['of his team', mate], ['given to him', stranger], ['of somebody else', stranger]] as const) ids[name] = await makeCall(technician.id, media)
  await media.dispose()
  ids['that is not there'] = makeCallId()
  await database.team.create({ data: { name: 'East', members: { create: [people.supervisor.viewer, mate].map(({ id }) => ({ userId: id })) } } })
  await database.callGrant.create({ data: { callId: ids['given to him'], userId: people.reviewer.viewer.id, givenById: people.admin.viewer.id } })
}, 120_000)
afterAll(() => server?.dispose())

async function makeCall(technicianId: string, media: MediaStore): Promise<CallId> {
  const callId = await makeCallRow(server.database, technicianId)
  await storeCall(media, new SampleCall(makeTestDevice(), callId).seconds(3).hangUp().close().seal())
  for (const file of DERIVED) await media.replace(callId, `derived/${file}`, Buffer.from('{}'))
  await server.database.utterance.create({ data: { callId, track: 'customer', startMs: 0, endMs: 500, text: 'Northstar.', words: [{ text: 'Northstar.', startMs: 0, endMs: 500, confidence: 0.9 }] } })
  return callId
}

/** By its name in app/(shell)/calls/[callId]/actions.ts. */
function act(client: HttpClient, callId: CallId, name: 'addCallNote' | 'deleteCallNote' | 'loadCallWords' | 'reloadCall' | 'retryCallTask', ...args: unknown[]): Promise<Response> {
  return callAction(client, `/calls/${callId}`, name, [callId, ...args])
}

const NOTE = { startMs: 500, endMs: 500, text: 'Ask billing.' }
const isSeen = (role: Role, call: (typeof CALLS)[number]): boolean => SEEN[role].includes(call)
const notesIn = (callId: CallId, authorId?: string): Promise<number> => server.database.note.count({ where: { moment: { callId }, authorId } })

test.each(ROLES)('a %s hears that a page may go on for the calls that he may see, and that the others are gone', async (role) => {
  for (const call of CALLS) {
    const answer = await people[role].client.fetch(`/api/calls/${ids[call]}/standing`)
    expect(await answer.json(), call).toEqual({ standing: isSeen(role, call) ? 'fine' : 'gone' })
  }
})

test.each(ROLES)('a %s gets stills, peaks and playback of the calls that he may see, and of no others', async (role) => {
  for (const call of CALLS)
    for (const file of DERIVED) expect((await people[role].client.fetch(`/media/${ids[call]}/${file}`)).status, `${file} of a call ${call}`).toBe(isSeen(role, call) ? 200 : 404)
})

test.each(ROLES)('a %s attaches notes to the calls that he may see, and to no others', async (role) => {
  const { viewer, client } = people[role]
  for (const call of CALLS) {
    await act(client, ids[call], 'addCallNote', NOTE)
    expect(await notesIn(ids[call], viewer.id), call).toBe(isSeen(role, call) ? 1 : 0)
  }
})

test.each(ROLES)('a %s loads the calls again that he may see, and no others', async (role) => {
  for (const call of CALLS) {
    const answer = await (await act(people[role].client, ids[call], 'reloadCall')).text()
    expect(answer.includes('"entryCount"'), call).toBe(isSeen(role, call))
  }
})

test.each(ROLES)('a %s gets the words of the calls that he may see, and of no others', async (role) => {
  for (const call of CALLS) {
    const answer = await (await act(people[role].client, ids[call], 'loadCallWords')).text()
    expect(answer.includes('Northstar.'), call).toBe(isSeen(role, call))
  }
})

test.each(ROLES)('a %s has made again only what failed of the calls that he may see', async (role) => {
  for (const call of CALLS.filter((name) => name !== 'that is not there')) {
    const task = { callId: ids[call], kind: 'peaks' as const }
    await server.database.callTask.upsert({ where: { callId_kind: task }, create: { ...task, state: 'failed' }, update: { state: 'failed' } })
    await act(people[role].client, ids[call], 'retryCallTask', 'peaks')
    expect(await server.database.auditEntry.count({ where: { actorId: people[role].viewer.id, callId: ids[call], verb: 'task-retried' } }), call).toBe(isSeen(role, call) ? 1 : 0)
  }
})

test('a note is deleted by whoever wrote it and by an admin, and by nobody else', async () => {
  const callId = ids['of his team']
  const write = async (author: Viewer): Promise<string> => {
    const place = { callId, startMs: 1_000, endMs: 1_000 }
    const moment = await server.database.moment.upsert({ where: { callId_startMs_endMs: place }, create: { ...place, createdById: author.id }, update: {} })
    return (await server.database.note.create({ data: { momentId: moment.id, authorId: author.id, text: 'Mine.' } })).id
  }
  const isThere = async (id: string): Promise<boolean> => (await server.database.note.count({ where: { id } })) === 1
  const ofMate = await write(mate)
  for (const client of [people.technician.client, people.supervisor.client, people.reviewer.client, nobody]) await act(client, callId, 'deleteCallNote', ofMate)
  expect(await isThere(ofMate)).toBe(true)
  await act(people.admin.client, callId, 'deleteCallNote', ofMate)
  expect(await isThere(ofMate)).toBe(false)
  const ofSupervisor = await write(people.supervisor.viewer)
  await act(people.supervisor.client, callId, 'deleteCallNote', ofSupervisor)
  expect(await isThere(ofSupervisor)).toBe(false)
})

test('nobody hears that he is signed out, whatever call he names, and gets and changes nothing', async () => {
  for (const call of CALLS) {
    expect(await (await nobody.fetch(`/api/calls/${ids[call]}/standing`)).json(), call).toEqual({ standing: 'signed-out' })
    for (const file of DERIVED) expect((await nobody.fetch(`/media/${ids[call]}/${file}`)).status, `${file} of a call ${call}`).toBe(404)
    const before = await notesIn(ids[call])
    expect((await (await act(nobody, ids[call], 'reloadCall')).text()).includes('"entryCount"'), call).toBe(false)
    expect((await (await act(nobody, ids[call], 'loadCallWords')).text()).includes('Northstar.'), call).toBe(false)
    await act(nobody, ids[call], 'addCallNote', NOTE)
    expect(await notesIn(ids[call]), call).toBe(before)
  }
})
