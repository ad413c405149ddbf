/** Who sees, plays and changes training: every page, file and action of it, for every role and tie to list and call, against the whole server. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { CallId } from '@/protocol/ids'
import type { Viewer } from '@/server/access/sessions'
import { makePlayback } from '@/server/jobs/make-playback'
import { PLAYBACK_FILE } from '@/server/jobs/playback-file'
import { makeFileMediaStore } from '@/server/media/file-media-store'
import { LogBuilder, OPEN_DATA } from '../../fixtures/log-builder'
import { makeCallRow } from '../../support/call-rows'
import { HttpClient } from '../../support/http-client'
import { callAction } from '../../support/server-action'
import { startTestServer, type TestServer } from '../../support/server'
import { addSounds, encodeOpus, hangUp, makeTones, storeLog } from '../transcribe/spoken-call'

type Person = { viewer: Viewer; client: HttpClient }
/** Who they are to the list and to the call of its clip, which Linda took. */
const PEOPLE = ['admin', 'his supervisor', 'another supervisor', 'the technician', 'a learner', 'a learning reviewer', 'a mate', 'a reviewer with the call', 'a stranger'] as const
type Who = (typeof PEOPLE)[number]
const SEES_CLIP: readonly Who[] = ['admin', 'his supervisor', 'a learner', 'a learning reviewer']
const SEES_CALL: readonly Who[] = ['admin', 'his supervisor', 'the technician', 'a reviewer with the call']
const KEEPS: readonly Who[] = ['admin', 'his supervisor']
const LEARNS: readonly Who[] = ['a learner', 'a learning reviewer']

const [START_MS, END_MS] = [4_000, 7_000]
const BROKEN = new TextEncoder().encode('no film')
const NOWHERE = '99999999-9999-4999-8999-999999999999'
/** In the log and the rows of the call, outside of the stretch; and within. */
const OUTSIDE = ['Before the stretch.', 'Behind the stretch.', 'field-before', 'field-behind', 'Note of the log.', 'Rina Hartono', 'Note of the call.']
const INSIDE = ['Within', 'field-within', 'Listen how calm.']

let server: TestServer
const people = {} as Record<Who, Person>
let nobody: HttpClient
let callId: CallId
let teamId: string
let listId: string
let clipId: string
beforeAll(async () => {
  server = await startTestServer({ CALLWITNESS_JOBS: '0' })
  nobody = new HttpClient(server.origin)
  const { database } = server
  const roles: Record<Who, Viewer['role']> = { admin: 'admin', 'his supervisor': 'supervisor', 'another supervisor': 'supervisor', 'the technician': 'technician', 'a learner': 'technician', 'a learning reviewer': 'reviewer', 'a mate': 'technician', 'a reviewer with the call': 'reviewer', 'a stranger': 'technician' }
  for (const who of PEOPLE) people[who] = await server.signInAs(roles[who])
  const id = (who: Who): string => people[who].viewer.id
  teamId = (await database.team.create({ data: { name: 'East', members: { create: (['his supervisor', 'the technician', 'a mate'] as const).map((who) => ({ userId: id(who) })) } } })).id
  await database.team.create({ data: { name: 'West', members: { create: [{ userId: id('another supervisor') }] } } })
  callId = await makeCall(id('the technician'))
  await database.callGrant.create({ data: { callId, userId: id('a reviewer with the call'), givenById: id('admin') } })
}, 120_000)
afterAll(() => server?.dispose())

beforeEach(async () => {
  const { database } = server
  await database.trainingList.deleteMany()
  const [keeper, learner, reviewer] = (['his supervisor', 'a learner', 'a learning reviewer'] as const).map((who) => people[who].viewer.id)
  const list = await database.trainingList.create({
    data: {
      ...{ name: 'Angry customers', teaches: 'Stay calm', teamId, createdById: keeper! },
      clips: { create: { callId, startMs: START_MS, endMs: END_MS, title: 'Listens first', place: 1, addedById: keeper!, comments: { create: { atMs: 5_000, text: 'Listen how calm.', authorId: keeper! } } } },
      assignments: { create: [learner!, reviewer!].map((userId) => ({ userId, assignedById: keeper! })) },
    },
    include: { clips: true },
  })
  ;[listId, clipId] = [list.id, list.clips[0]!.id]
})

/** Puts another playback file in the place of the call's for a while. */
async function withPlayback(content: Uint8Array, use: () => Promise<void>): Promise<void> {
  const media = makeFileMediaStore(join(server.dataDir, 'media'))
  const whole = await media.read(callId, PLAYBACK_FILE)
  const setVersion = () => server.database.callTask.update({ where: { callId_kind: { callId, kind: 'playback' } }, data: { finishedAt: new Date() } })
  await media.replace(callId, PLAYBACK_FILE, content)
  await setVersion()
  await use().finally(async () => {
    await media.replace(callId, PLAYBACK_FILE, whole)
    await setVersion()
    await media.dispose()
  })
}

async function makeCall(technicianId: string): Promise<CallId> {
  const { database } = server
  const id = await makeCallRow(database, technicianId)
  const log = addSounds(new LogBuilder({ ...OPEN_DATA, callId: id }), [{ track: 'customer', atMs: 0, packets: await encodeOpus(makeTones(500, 9_500)) }])
  for (const [atMs, field] of [[2_000, 'field-before'], [5_000, 'field-within'], [8_000, 'field-behind']] as const) log.add({ atMs, kind: 'action', data: { source: 'sandbox', verb: 'changed', object: { type: 'line', name: field }, changes: [{ field, from: 'off', to: 'on' }] } })
  log.add({ atMs: 5_500, kind: 'note', data: { by: OPEN_DATA.technician, text: 'Note of the log.' } })
  const media = makeFileMediaStore(join(server.dataDir, 'media'))
  await storeLog(media, hangUp(log, 10_000), id)
  await makePlayback(media, id)
  await media.dispose()
  await database.call.update({ where: { id }, data: { lengthMs: 10_000, customerName: 'Rina Hartono' } })
  await database.callTask.create({ data: { callId: id, kind: 'playback', state: 'done', finishedAt: new Date() } })
  for (const [startMs, text] of [[1_000, 'Before the stretch.'], [3_500, 'Edge Within edge'], [8_000, 'Behind the stretch.']] as const) {
    const words = text.split(' ').map((word, index) => ({ text: word, startMs: startMs + index * 600, endMs: startMs + index * 600 + 550, confidence: 0.9 }))
    await database.utterance.create({ data: { callId: id, track: 'customer', startMs, endMs: words.at(-1)!.endMs, text, words } })
  }
  await database.moment.create({ data: { callId: id, startMs: 5_000, endMs: 5_000, createdById: technicianId, notes: { create: { authorId: technicianId, text: 'Note of the call.' } } } })
  return id
}

/** Sends what the page's script would, for an action by its name. */
const act = async (client: HttpClient, path: string, name: string, ...args: unknown[]): Promise<string> => (await callAction(client, path, name, args)).text()
const actIn = (who: Who, name: string, ...args: unknown[]): Promise<string> => act(people[who].client, '/training', name, ...args)

/** A list leads to its next clip. */
async function open(client: HttpClient, path: string): Promise<Response> {
  const response = await client.fetch(path)
  const location = response.headers.get('location')
  return response.status === 307 && location?.startsWith('/training/') ? client.fetch(location) : response
}
const isGiven = async (client: HttpClient, path: string): Promise<boolean> => {
  const response = await open(client, path)
  const body = await response.text()
  return response.status === 200 && !body.includes('NEXT_HTTP_ERROR_FALLBACK;404')
}
const audited = (verb: string, actor: Viewer) => server.database.auditEntry.findMany({ where: { verb, actorId: actor.id }, orderBy: { id: 'desc' }, select: { callId: true, userId: true, detail: true } })
const clipUrl = () => `/media/clips/${clipId}.mp4`
/** The answer that is not “ask again”. */
const play = (client: HttpClient, init?: Parameters<HttpClient['fetch']>[1]): Promise<Response> =>
  vi.waitFor(async () => {
    const response = await client.fetch(clipUrl(), init)
    expect(response.status).not.toBe(503)
    return response
  }, { timeout: 20_000, interval: 50 })

describe.each(PEOPLE)('%s', (who) => {
  const sees = SEES_CLIP.includes(who)
  const keeps = KEEPS.includes(who)
  const learns = LEARNS.includes(who)

  test(`${sees ? 'sees' : 'does not see'} the list and its clip, and ${keeps ? 'manages' : 'does not manage'} it`, async () => {
    const { client } = people[who]
    expect(await isGiven(client, '/training')).toBe(true)
    expect((await (await client.fetch('/training')).text()).includes('Angry customers')).toBe(sees)
    expect(await isGiven(client, `/training/${listId}`)).toBe(sees)
    expect(await isGiven(client, `/training/${listId}?clip=${clipId}`)).toBe(sees)
    expect(await isGiven(client, `/training/${listId}?clip=${NOWHERE}`)).toBe(false)
    expect(await isGiven(client, `/training/${listId}/manage`)).toBe(keeps)
    expect((await play(client)).status).toBe(sees ? 200 : 404)
    expect((await play(client, { method: 'HEAD' })).status).toBe(sees ? 200 : 404)
  })

  test(`gets ${SEES_CALL.includes(who) ? 'the call' : 'nothing of the call beside the stretch'}`, async () => {
    const { client } = people[who]
    const seesCall = SEES_CALL.includes(who)
    expect(await isGiven(client, `/calls/${callId}`)).toBe(seesCall)
    expect((await client.fetch(`/media/${callId}/playback.mp4`)).status).toBe(seesCall ? 200 : 404)
    if (!sees) return
    const page = await (await client.fetch(`/training/${listId}?clip=${clipId}`)).text()
    for (const text of INSIDE) expect(page, text).toContain(text)
    // Only whoever may see the call is told who is heard.
    for (const text of OUTSIDE) expect(page.includes(text), text).toBe(seesCall && text === 'Rina Hartono')
    expect(page.includes('Edge')).toBe(false)
    expect(page.includes(callId)).toBe(seesCall)
    expect(page.includes(people['the technician'].viewer.name)).toBe(seesCall)
  })

  test(`${keeps ? 'changes' : 'does not change'} the list and its clips`, async () => {
    const { database } = server
    const list = () => database.trainingList.findUnique({ where: { id: listId }, include: { clips: true, assignments: true } })
    await actIn(who, 'saveTrainingList', listId, { name: 'Renamed', teaches: '', teamId })
    await actIn(who, 'renameTrainingClip', clipId, 'Another title')
    await actIn(who, 'unassignTrainingList', listId, people['a learner'].viewer.id)
    expect(await list()).toMatchObject({ name: keeps ? 'Renamed' : 'Angry customers', clips: [{ title: keeps ? 'Another title' : 'Listens first' }] })
    expect((await list())!.assignments).toHaveLength(keeps ? 1 : 2)
    await actIn(who, 'removeTrainingClip', clipId)
    expect((await list())!.clips).toHaveLength(keeps ? 0 : 1)
    await actIn(who, 'deleteTrainingList', listId)
    expect((await list()) === null).toBe(keeps)
    for (const verb of ['training-list-changed', 'clip-renamed', 'training-unassigned', 'clip-removed', 'training-list-deleted']) expect((await audited(verb, people[who].viewer)).length, verb).toBe(keeps ? 1 : 0)
  })

  test(`${keeps ? 'puts' : 'does not put'} the clips of the list into another order`, async () => {
    const { database } = server
    const second = await database.clip.create({ data: { listId, callId, startMs: 0, endMs: 2_000, title: 'Greets', place: 2, addedById: people.admin.viewer.id } })
    const order = async () => (await database.clip.findMany({ where: { listId }, orderBy: { place: 'asc' } })).map(({ title }) => title)
    await actIn(who, 'moveTrainingClip', second.id, 'earlier')
    await actIn(who, 'moveTrainingClip', second.id, 'earlier')
    expect(await order()).toEqual(keeps ? ['Greets', 'Listens first'] : ['Listens first', 'Greets'])
  })

  test(`${keeps ? 'adds' : 'does not add'} clips of the call to the list, and makes ${keeps ? 'lists with one' : 'no list'}`, async () => {
    const { database } = server
    const { client, viewer } = people[who]
    const clip = { list: listId, title: 'Added', startMs: 1_000, endMs: 3_000, comment: { atMs: 500, text: 'Here.' } }
    await act(client, `/training`, 'addToTraining', callId, clip)
    expect(await database.clip.findMany({ where: { title: 'Added' }, select: { place: true, comments: { select: { atMs: true, text: true } } } })).toEqual(keeps ? [{ place: 2, comments: [{ atMs: 1_000, text: 'Here.' }] }] : [])
    await act(client, `/training`, 'addToTraining', callId, { ...clip, list: { name: `Of ${viewer.name}`, teaches: '', teamId: null } })
    expect(await database.trainingList.count({ where: { name: `Of ${viewer.name}` } })).toBe(keeps ? 1 : 0)
    expect((await audited('clip-added', viewer)).map((entry) => entry.callId)).toEqual(keeps ? [callId, callId] : [])
    const choices = await act(client, '/training', 'loadTrainingChoices')
    expect(choices.includes('Angry customers')).toBe(keeps)
  })

  test(`${learns ? 'ticks off' : 'does not tick off'} the clip, for himself alone`, async () => {
    const { viewer } = people[who]
    const ticks = () => server.database.clipTick.findMany({ where: { clipId }, select: { userId: true } })
    await actIn(who, 'tickClip', clipId, true)
    await actIn(who, 'tickClip', clipId, true)
    expect(await ticks()).toEqual(learns ? [{ userId: viewer.id }] : [])
    expect(await audited('clip-ticked', viewer)).toHaveLength(learns ? 1 : 0)
    await actIn(who, 'tickClip', clipId, false)
    expect(await ticks()).toEqual([])
  })

  test(`${sees ? 'comments' : 'does not comment'} the clip, and deletes ${keeps ? 'any comment' : 'only his own'}`, async () => {
    const { database } = server
    const texts = async () => (await database.clipComment.findMany({ where: { clipId }, orderBy: { atMs: 'asc' } })).map(({ text }) => text)
    await actIn(who, 'commentClip', clipId, { atMs: 99_000, text: 'At the end.' })
    expect(await texts()).toEqual(sees ? ['Listen how calm.', 'At the end.'] : ['Listen how calm.'])
    for (const { id } of await database.clipComment.findMany({ where: { clipId } })) await actIn(who, 'deleteClipComment', id)
    expect(await texts()).toEqual(keeps ? [] : ['Listen how calm.'])
    expect(await audited('clip-comment-added', people[who].viewer)).toHaveLength(sees ? 1 : 0)
  })

  test(`${sees ? 'has' : 'does not have'} the clip cut again that could not be cut`, async () => {
    const { client } = people[who]
    await withPlayback(BROKEN, async () => {
      await vi.waitFor(async () => expect((await people.admin.client.fetch(clipUrl())).status).toBe(500), { timeout: 20_000, interval: 50 })
      if (sees) expect(await (await open(client, `/training/${listId}`)).text()).toContain('It could not be cut.')
      const failures = () => server.output.split(`clip ${clipId} of call`).length - 1
      expect(failures()).toBe(1)
      await actIn(who, 'cutTrainingClipAgain', clipId)
      if (sees) await vi.waitFor(() => expect(failures()).toBe(2), { timeout: 20_000, interval: 50 })
      else expect((await people.admin.client.fetch(clipUrl())).status).toBe(500)
    })
  })
})

test.each(LEARNS)('%s does what the list assigned to him lets him do only while it is', async (who) => {
  const { client } = people[who]
  await actIn('admin', 'unassignTrainingList', listId, people[who].viewer.id)
  expect((await client.fetch(clipUrl())).status).toBe(404)
  expect(await isGiven(client, `/training/${listId}`)).toBe(false)
  await actIn(who, 'tickClip', clipId, true)
  await actIn(who, 'commentClip', clipId, { atMs: 0, text: 'Still here?' })
  expect(await server.database.clipTick.count({ where: { clipId } })).toBe(0)
  expect(await server.database.clipComment.count({ where: { clipId } })).toBe(1)
})

test('who asks for a clip that is being cut is not kept waiting, and its ETag tells nothing of the time of day', async () => {
  const { client } = people['a learner']
  const asked = await client.fetch(clipUrl())
  expect([asked.status, asked.headers.get('retry-after')]).toEqual([503, '2'])
  const etag = (await play(client)).headers.get('etag')!
  expect(etag).toMatch(/^"[\w-]{43}"$/)
  expect((await client.fetch(clipUrl(), { headers: { 'if-none-match': etag } })).status).toBe(304)
})

describe('assigning', () => {
  const assign = (who: Who, ...to: Who[]) => actIn(who, 'assignTrainingList', listId, { userIds: to.map((one) => people[one].viewer.id), dueOn: '2026-12-24' })
  const assigned = async (who: Who) => server.database.trainingAssignment.findUnique({ where: { listId_userId: { listId, userId: people[who].viewer.id } }, select: { dueOn: true } })

  test.each(PEOPLE)('is done by %s as his rights let him', async (who) => {
    await assign(who, 'a mate')
    expect(await assigned('a mate')).toEqual(KEEPS.includes(who) ? { dueOn: new Date('2026-12-24') } : null)
    await assign(who, 'a mate', 'a stranger')
    expect((await assigned('a stranger')) !== null, 'somebody of no team of his').toBe(who === 'admin')
  })

  test('a list with clips of calls that one may not see is refused, for that would give them', async () => {
    const { database } = server
    const other = await makeCallRow(database, people['a stranger'].viewer.id)
    await database.clip.create({ data: { listId, callId: other, startMs: 0, endMs: 2_000, title: 'Not his', place: 2, addedById: people.admin.viewer.id } })
    expect(await assign('his supervisor', 'a mate')).toContain('clips of calls that you may not see')
    expect(await assigned('a mate')).toBeNull()
    expect(await (await open(people['his supervisor'].client, `/training/${listId}`)).text()).not.toContain('Not his')
    await assign('admin', 'a mate')
    expect(await assigned('a mate')).not.toBeNull()
  })

  test('is written down with whom it concerns', async () => {
    await assign('admin', 'a mate')
    expect((await audited('training-assigned', people.admin.viewer))[0]).toEqual({ callId: null, userId: people['a mate'].viewer.id, detail: { list: 'Angry customers', listId, dueOn: '2026-12-24' } })
  })
})

test('a supervisor adds nothing to a list that he keeps of a call that he may not see, nor of a stretch that is none', async () => {
  const other = await makeCallRow(server.database, people['a stranger'].viewer.id)
  await server.database.call.update({ where: { id: other }, data: { lengthMs: 10_000 } })
  const { client } = people['his supervisor']
  const clip = { list: listId, title: 'Bad', startMs: 0, endMs: 2_000, comment: null }
  await act(client, '/training', 'addToTraining', other, clip)
  expect(await act(client, '/training', 'addToTraining', callId, { ...clip, endMs: 10_001 })).toContain('between 0 and 10.0 s')
  expect(await act(client, '/training', 'addToTraining', callId, { ...clip, endMs: 500 })).toContain('1 to 600 s long')
  await act(client, '/training', 'addToTraining', callId, { ...clip, startMs: 2_000, endMs: 1_000 })
  await server.database.call.update({ where: { id: callId }, data: { state: 'wrapup' } })
  expect(await act(client, '/training', 'addToTraining', callId, clip)).toContain('still runs')
  await server.database.call.update({ where: { id: callId }, data: { state: 'closed' } })
  expect(await server.database.clip.count({ where: { title: 'Bad' } })).toBe(0)
})

test('a list goes to no team that is not one’s own', async () => {
  const west = await server.database.team.findUniqueOrThrow({ where: { name: 'West' } })
  await actIn('his supervisor', 'makeTrainingList', { name: 'For the West', teaches: '', teamId: west.id })
  await actIn('his supervisor', 'saveTrainingList', listId, { name: 'For the West', teaches: '', teamId: west.id })
  expect(await server.database.trainingList.count({ where: { name: 'For the West' } })).toBe(0)
})

test('a list without a team is called its maker’s, to whom it is not his own', async () => {
  const name = people['his supervisor'].viewer.name
  for (const who of KEEPS) expect((await (await people[who].client.fetch(`/training/${listId}/manage`)).text()).includes(`Only ${name}’s`), who).toBe(who === 'admin')
})

test('nobody gets or changes anything, and what is not there looks like what one may not see', async () => {
  for (const path of ['/training', `/training/${listId}`, `/training/${listId}/manage`]) expect((await nobody.fetch(path)).headers.get('location'), path).toContain('/sign-in')
  for (const [name, ...args] of [['tickClip', clipId, true], ['commentClip', clipId, { atMs: 0, text: 'Hm.' }], ['deleteTrainingList', listId], ['removeTrainingClip', clipId], ['addToTraining', callId, { list: listId, title: 'x', startMs: 0, endMs: 2_000, comment: null }]] as const) await act(nobody, '/training', name, ...args)
  expect(await server.database.clip.count({ where: { listId } })).toBe(1)
  expect(await server.database.clipComment.count({ where: { clipId } })).toBe(1)
  const stranger = people['a stranger'].client
  const answers = await Promise.all([nobody.fetch(clipUrl()), stranger.fetch(clipUrl()), stranger.fetch(`/media/clips/${NOWHERE}.mp4`), stranger.fetch('/media/clips/x.mp4'), stranger.fetch(`/media/clips/${clipId}`), stranger.fetch(`/media/${callId}/clip-${clipId}-1.mp4`), people.admin.client.fetch(`/media/${callId}/clip-${clipId}-1.mp4`)])
  expect(new Set(await Promise.all(answers.map(async (answer) => `${answer.status} ${await answer.text()}`))).size).toBe(1)
  expect(answers[0].status).toBe(404)
})

test('playing a clip is a listen of its call that names the clip, in the audit trail and in custody, once for many ranges', async () => {
  const { client, viewer } = people['a learner']
  await play(people.admin.client)
  for (const from of [0, 100, 200]) expect((await client.fetch(clipUrl(), { headers: { range: `bytes=${from}-${from + 9}` } })).status).toBe(206)
  const listens = (await audited('listened', viewer)).filter(({ detail }) => (detail as { clipId?: string } | null)?.clipId === clipId)
  expect(listens).toEqual([{ callId, userId: null, detail: { clip: 'Listens first', clipId } }])
  await client.fetch(`/training/${listId}?clip=${clipId}`)
  expect((await audited('looked', viewer))[0]).toEqual({ callId, userId: null, detail: { clip: 'Listens first', clipId } })
  const audit = await (await people.admin.client.fetch(`/audit?person=${viewer.id}`)).text()
  expect(audit).toContain('Played the clip “Listens first” of a call')
  const custody = readFileSync(join(server.dataDir, 'media', callId, 'custody.jsonl'), 'utf8')
  expect(custody).toContain(`"clipId":"${clipId}"`)
})

test('a playback file that was made again has the clip cut again; while it is being made nothing is given out', async () => {
  const { database } = server
  const { client } = people['a learner']
  const task = { where: { callId_kind: { callId, kind: 'playback' as const } } }
  const media = makeFileMediaStore(join(server.dataDir, 'media'))
  const cuts = async () => (await media.list(callId)).map(({ file }) => file).filter((file) => file.startsWith(`derived/clip-${clipId}`))
  const etag = (await play(client)).headers.get('etag')
  const [before] = await cuts()
  await database.callTask.update({ ...task, data: { state: 'running', finishedAt: null } })
  expect((await client.fetch(clipUrl())).status).toBe(404)
  expect(await (await open(client, `/training/${listId}`)).text()).toContain('The clip is not ready yet')
  await database.callTask.update({ ...task, data: { state: 'done', finishedAt: new Date(Date.now() + 1_000) } })
  const again = await play(client, { headers: { 'if-none-match': etag! } })
  expect(again.status).toBe(200)
  // The new one is given out as soon as it is there; the old one goes after.
  await vi.waitFor(async () => expect(await cuts()).toHaveLength(1))
  expect(await cuts()).not.toEqual([before])
  await media.dispose()
})

test('what is taken out of the words of a call is out of its clips', async () => {
  const { client } = people['a learner']
  const page = async () => (await open(client, `/training/${listId}`)).text()
  expect(await page()).toContain('Within')
  const words = await server.database.utterance.findFirstOrThrow({ where: { callId, startMs: 3_500 } })
  await server.database.utterance.delete({ where: { callId_track_startMs: { callId, track: 'customer', startMs: 3_500 } } })
  expect(await page()).not.toContain('Within')
  await server.database.utterance.create({ data: { ...words, words: words.words as object } })
})

test('a clip that is removed, and a list that is deleted, take the files with them', async () => {
  const media = makeFileMediaStore(join(server.dataDir, 'media'))
  const cuts = async () => (await media.list(callId)).filter(({ file }) => file.startsWith(`derived/clip-${clipId}`)).length
  await play(people.admin.client)
  expect(await cuts()).toBe(1)
  await actIn('his supervisor', 'deleteTrainingList', listId)
  expect(await cuts()).toBe(0)
  await media.dispose()
})
