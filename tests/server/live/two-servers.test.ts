/** Two servers of one installation, with a real Redis and one Postgres: the agent on one, the supervisor on the other. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Viewer } from '@/server/access/sessions'
import { endInvitation, inviteToCall } from '@/server/live/invitations'
import { HttpClient } from '../../support/http-client'
import { LiveDesk, packet } from '../../support/live-desk'
import { TestLivePage } from '../../support/live-page'
import { startRedis } from '../../support/redis'
import { startTestServer, type TestServer } from '../../support/server'
import { callAction } from '../../support/server-action'
import { waitUntil } from '../../support/wait-until'

let redis: Awaited<ReturnType<typeof startRedis>>
let recording: TestServer
let other: TestServer
let supervisor: HttpClient
let inviter: Viewer
let desk: LiveDesk
let page: TestLivePage

const SECRET = 'one secret that both servers of the installation share'

beforeAll(async () => {
  redis = await startRedis()
  recording = await startTestServer({ REDIS_URL: redis.url, NEXTAUTH_SECRET: SECRET })
  other = await startTestServer({ REDIS_URL: redis.url, NEXTAUTH_SECRET: SECRET, CALLWITNESS_JOBS: '0' }, recording)
  const technician = await recording.createUser('technician')
  const { viewer, client } = await other.signInAs('supervisor')
  supervisor = client
  inviter = viewer
  await recording.database.team.create({ data: { name: 'Roaming', members: { create: [{ userId: technician.id }, { userId: viewer.id }] } } })
  desk = await LiveDesk.connect(recording, technician)
  desk.call.seconds(2).action()
  await desk.replicate()
  await waitUntil(async () => (await recording.database.call.count({ where: { id: desk.call.callId } })) === 1)
  page = await TestLivePage.open(supervisor)
}, 120_000)
afterAll(async () => {
  page.close()
  desk.leave()
  await other.dispose()
  await recording.dispose()
  await redis.stop()
})

it('the wallboard of one shows the calls of the other', async () => {
  desk.tell()
  await page.socket.emitWithAck('watch-board')
  await waitUntil(() => {
    desk.tell()
    return page.told.board.some(({ tiles }) => tiles.some(({ callId }) => callId === desk.call.callId))
  })
})

it('packets, entries and text go over both', async () => {
  const answer = await page.socket.emitWithAck('listen', { callId: desk.call.callId })
  if (!answer.ok) throw new Error(answer.message)
  expect(answer.call.entries.map(({ kind }) => kind)).toEqual(['open', 'action'])
  await waitUntil(() => desk.heard.listen.at(-1)?.isWanted === true)
  await desk.relay(packet(1_000), packet(1_020))
  await waitUntil(() => page.told.items.flatMap(({ items }) => items).length === 2)
  expect(page.told.items.flatMap(({ items }) => items).map(({ atMs, bytes }) => [atMs, ...bytes])).toEqual([packet(1_000), packet(1_020)].map(({ atMs, bytes }) => [atMs, ...bytes]))
  desk.call.action({ object: { type: 'customer', id: '8', name: 'Siti' } })
  await desk.replicate()
  await waitUntil(() => page.told.entries.some(({ entries }) => entries.some(({ kind }) => kind === 'action')))
  const text = await page.socket.emitWithAck('coach-text', { callId: desk.call.callId, text: 'Ask for the number' })
  expect(text).toMatchObject({ ok: true })
  expect(desk.heard['coach-text']).toMatchObject([{ text: 'Ask for the number' }])
})

it('a voice goes over both, packet by packet in order', async () => {
  for (const number of [0, 1, 2]) page.socket.emit('coach-voice', { callId: desk.call.callId, number, bytes: Buffer.from([0xf8, number]) })
  await waitUntil(() => desk.heard['coach-voice'].length === 3)
  expect(desk.heard['coach-voice'].map(({ number, bytes }) => [number, ...bytes])).toEqual([[0, 0xf8, 0], [1, 0xf8, 1], [2, 0xf8, 2]])
})

it('a guest on the other server hears and is told to the technician, and is out within five seconds of being ended', async () => {
  const { database } = recording
  const act = { viewer: inviter, callId: desk.call.callId, address: null }
  const token = await inviteToCall(database, act, { name: 'Rudi Hartanto', as: 'witness', lasts: 'hour' })
  const { id } = await database.liveInvitation.findFirstOrThrow({ where: { callId: desk.call.callId } })
  // Confirmed on the one server, listened on the other.
  const atRecording = new HttpClient(recording.origin)
  const [cookie] = (await callAction(atRecording, `/join/${token}`, 'confirm', [token])).headers.getSetCookie()
  const guest = await TestLivePage.open(new HttpClient(other.origin), { cookie: cookie!.split(';')[0]! }, { invitation: id })
  expect(await guest.socket.emitWithAck('listen', { callId: desk.call.callId })).toMatchObject({ ok: true })
  await desk.relay(packet(2_000), { ...packet(2_000), track: 'coach' }, packet(2_020))
  await waitUntil(() => guest.told.items.flatMap(({ items }) => items).some(({ atMs }) => atMs === 2_020))
  expect(guest.told.items.flatMap(({ items }) => items).map(({ track }) => track)).not.toContain('coach')
  await waitUntil(() => desk.heard.presence.some(({ person, invited, isShown }) => person.id === id && invited?.as === 'witness' && invited.by.name === inviter.name && isShown))
  await endInvitation(database, act, id)
  const endedAtMs = performance.now()
  await waitUntil(() => !guest.socket.connected)
  expect(performance.now() - endedAtMs).toBeLessThan(5_000)
  expect(guest.told.ended).toEqual([{ callId: desk.call.callId, why: 'no-right' }])
  await waitUntil(() => desk.heard.presence.some(({ person, state }) => person.id === id && state === 'left'))
})

it('the agent rests when the page on the other server has gone', async () => {
  page.socket.emit('leave')
  await waitUntil(() => desk.heard.listen.at(-1)?.isWanted === false)
})

it('who joins while packets come misses none of them', async () => {
  await page.socket.emitWithAck('listen', { callId: desk.call.callId })
  await waitUntil(() => desk.heard.listen.at(-1)?.isWanted === true)
  let atMs = 5_000
  let isRelaying = true
  const relaying = (async () => {
    while (isRelaying) await desk.relay(packet((atMs += 20)))
  })()
  try {
    for (let round = 0; round < 20; round++) {
      const joining = await TestLivePage.open(supervisor)
      await joining.socket.emitWithAck('listen', { callId: desk.call.callId })
      const heardNow = () => joining.told.items.flatMap(({ items }) => items.map((item) => item.atMs))
      const last = atMs
      await waitUntil(() => (heardNow().at(-1) ?? 0) > last + 200)
      const heard = heardNow()
      joining.close()
      expect(heard.slice(1).map((ms, index) => ms - heard[index]!).filter((apartMs) => apartMs !== 20), `round ${round}`).toEqual([])
    }
  } finally {
    isRelaying = false
    await relaying
    page.socket.emit('leave')
  }
})

it('what is wrong at a desk of one is on the wallboard of the other within five seconds, and so is that it is over', async () => {
  const idle = await recording.createUser('technician')
  await recording.database.team.update({ where: { name: 'Roaming' }, data: { members: { create: { userId: idle.id } } } })
  const idleDesk = await LiveDesk.connect(recording, idle)
  const stateOnBoard = () => page.told.board.findLast(({ technicians }) => technicians !== null)?.technicians?.find(({ person }) => person.id === idle.id)
  await page.socket.emitWithAck('watch-board')
  await waitUntil(() => stateOnBoard()?.state === 'not-tested')
  const fault = { id: 'not-recording', severity: 'bad', message: 'A call runs and is not recorded.', remedy: 'Press Start.' } as const
  idleDesk.tell({ phase: 'idle', callId: null, faults: [fault] })
  await waitUntil(() => stateOnBoard()?.state === 'fault', 5_000)
  expect(stateOnBoard()?.why).toBe(fault.message)
  idleDesk.tell({ phase: 'idle', callId: null, faults: [] })
  await waitUntil(() => stateOnBoard()?.state === 'not-tested', 5_000)
  idleDesk.leave()
})
