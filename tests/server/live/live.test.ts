/** Live listening with a whole server: a desk that speaks the agents' protocol on one side, supervisors' pages on the other. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Viewer } from '@/server/access/sessions'
import type { HttpClient } from '../../support/http-client'
import { LiveDesk, packet } from '../../support/live-desk'
import { TestLivePage } from '../../support/live-page'
import { startTestServer, type TestServer } from '../../support/server'
import { waitUntil } from '../../support/wait-until'

let server: TestServer
let technician: Viewer
let supervisor: { viewer: Viewer; client: HttpClient }
let desk: LiveDesk
const pages: TestLivePage[] = []

async function openPage(client: HttpClient, headers?: Record<string, string>): Promise<TestLivePage> {
  const page = await TestLivePage.open(client, headers)
  pages.push(page)
  return page
}

async function makeTeam(name: string, ...members: Viewer[]): Promise<string> {
  const { id } = await server.database.team.create({ data: { name, members: { create: members.map((member) => ({ userId: member.id })) } } })
  return id
}

/** A call whose first seconds are on the server and whose desk has said so. */
async function beginCall(): Promise<LiveDesk> {
  const begun = await LiveDesk.connect(server, technician)
  begun.call.seconds(2).action()
  await begun.replicate()
  await waitUntil(async () => (await server.database.call.count({ where: { id: begun.call.callId } })) === 1)
  begun.tell()
  return begun
}

async function listen(page: TestLivePage, after = {}) {
  let answer = await page.socket.emitWithAck('listen', { callId: desk.call.callId, after })
  // The desk's word and the page's question race for the server.
  for (let tries = 0; !answer.ok && tries < 20; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 100))
    desk.tell()
    answer = await page.socket.emitWithAck('listen', { callId: desk.call.callId, after })
  }
  if (!answer.ok) throw new Error(answer.message)
  return answer.call
}

beforeAll(async () => {
  server = await startTestServer()
  technician = await server.createUser('technician')
  supervisor = await server.signInAs('supervisor')
  await makeTeam('Roaming', technician, supervisor.viewer)
})
afterEach(() => {
  for (const page of pages.splice(0)) page.close()
  desk.leave()
})
afterAll(() => server.dispose())

describe('a supervisor who listens', () => {
  it('is told what is known, asks the agent to relay, and hears each packet as it came', async () => {
    desk = await beginCall()
    const page = await openPage(supervisor.client)
    const call = await listen(page)
    expect(call).toMatchObject({ callId: desk.call.callId, technician: { name: technician.name }, customerName: 'Budi Santoso', tracks: ['technician', 'customer'], listenersShown: 'always' })
    expect(call.entries.map(({ kind }) => kind)).toEqual(['open', 'action'])
    await waitUntil(() => desk.heard.listen.length > 0)
    expect(desk.heard.listen.at(-1)).toMatchObject({ callId: desk.call.callId, isWanted: true, after: {} })
    await desk.relay(packet(1_000), packet(1_000, 'technician'))
    await desk.relay(packet(1_020))
    await waitUntil(() => page.told.items.flatMap(({ items }) => items).length === 3)
    const [first] = page.told.items
    expect(first!.items[0]).toEqual({ ...packet(1_000), bytes: Buffer.from(packet(1_000).bytes) })
  })

  it('who joins later is given what was relayed before, and one who comes back only what he lacks', async () => {
    desk = await beginCall()
    const first = await openPage(supervisor.client)
    await listen(first)
    await waitUntil(() => desk.heard.listen.length > 0)
    await desk.relay(packet(1_000), packet(1_020), packet(1_040))
    const late = await openPage(supervisor.client)
    await listen(late)
    await waitUntil(() => late.told.items.length > 0)
    expect(late.told.items.flatMap(({ items }) => items).map(({ atMs }) => atMs)).toEqual([1_000, 1_020, 1_040])
    const back = await openPage(supervisor.client)
    await listen(back, { customer: 1_020 })
    await waitUntil(() => back.told.items.length > 0)
    expect(back.told.items.flatMap(({ items }) => items).map(({ atMs }) => atMs)).toEqual([1_040])
    expect(first.told.items.flatMap(({ items }) => items)).toHaveLength(3)
  })

  it('sees an action as soon as it is durable, and hears of a cut', async () => {
    desk = await beginCall()
    const page = await openPage(supervisor.client)
    await listen(page)
    desk.call.action({ object: { type: 'customer', id: '8', name: 'Siti' } })
    await desk.replicate()
    await waitUntil(() => page.told.entries.some(({ entries }) => entries.some(({ kind }) => kind === 'action')))
    desk.leave()
    await waitUntil(() => page.told.uplink.length > 0)
    expect(page.told.uplink.at(-1)).toEqual({ callId: desk.call.callId, isAway: true })
  })

  it('leaves nobody listening: the agent may rest, and the technician was told of both', async () => {
    desk = await beginCall()
    const page = await openPage(supervisor.client)
    await listen(page)
    await waitUntil(() => desk.heard.presence.length > 0)
    page.socket.emit('leave')
    await waitUntil(() => desk.heard.listen.at(-1)?.isWanted === false)
    expect(desk.heard.presence.map(({ person, as, state, isShown }) => ({ name: person.name, as, state, isShown }))).toEqual([
      { name: supervisor.viewer.name, as: 'supervisor', state: 'joined', isShown: true },
      { name: supervisor.viewer.name, as: 'supervisor', state: 'left', isShown: true },
    ])
    expect(await server.database.auditEntry.count({ where: { verb: 'listened-live', callId: desk.call.callId, actorId: supervisor.viewer.id } })).toBe(1)
  })

  it('writes to the technician, and is told when it was shown and when it was read', async () => {
    desk = await beginCall()
    const page = await openPage(supervisor.client)
    await listen(page)
    const answer = await page.socket.emitWithAck('coach-text', { callId: desk.call.callId, text: 'Offer the monthly plan' })
    if (!answer.ok) throw new Error(answer.message)
    expect(answer.deliveredMs).toBeLessThan(300)
    const [text] = desk.heard['coach-text']
    expect(text).toMatchObject({ id: answer.id, from: { name: supervisor.viewer.name }, text: 'Offer the monthly plan' })
    desk.read(answer.id)
    await waitUntil(() => page.told['coach-read'].length > 0)
    expect(page.told['coach-read']).toEqual([{ callId: desk.call.callId, id: answer.id }])
  })

  it('speaks to the technician: each packet arrives as it was sent', async () => {
    desk = await beginCall()
    const page = await openPage(supervisor.client)
    await listen(page)
    page.socket.emit('coach-voice', { callId: desk.call.callId, number: 0, bytes: Buffer.from([0xf8, 1, 2]) })
    page.socket.emit('coach-voice', { callId: desk.call.callId, number: 1, bytes: Buffer.from([0xf8, 3]) })
    await waitUntil(() => desk.heard['coach-voice'].length === 2)
    expect(desk.heard['coach-voice'].map(({ number, bytes }) => ({ number, bytes: [...bytes] }))).toEqual([{ number: 0, bytes: [0xf8, 1, 2] }, { number: 1, bytes: [0xf8, 3] }])
  })

  it('stands as a witness: the log is told so', async () => {
    desk = await beginCall()
    const page = await openPage(supervisor.client)
    await listen(page)
    await waitUntil(() => desk.heard.presence.length === 1)
    expect(await page.socket.emitWithAck('witness', { callId: desk.call.callId, stands: true })).toEqual({ ok: true })
    await waitUntil(() => desk.heard.presence.some(({ as, state }) => as === 'witness' && state === 'joined'))
  })

  it('is told when the call is over', async () => {
    desk = await beginCall()
    const page = await openPage(supervisor.client)
    await listen(page)
    desk.call.hangUp().close().seal()
    await desk.replicate()
    await waitUntil(() => page.told.ended.length > 0)
    expect(page.told.ended).toEqual([{ callId: desk.call.callId, why: 'closed' }])
  })
})

describe('rights', () => {
  it('a technician and a reviewer are not admitted, nor is somebody who is not signed in', async () => {
    desk = await beginCall()
    for (const role of ['technician', 'reviewer'] as const) {
      const { client } = await server.signInAs(role)
      await expect(openPage(client)).rejects.toThrow('Sign in to listen.')
    }
    const { client } = await server.signInAs('supervisor')
    await expect(openPage(client, { cookie: '' })).rejects.toThrow('Sign in to listen.')
  })

  it('a page of another site is refused', async () => {
    desk = await beginCall()
    await expect(openPage(supervisor.client, { origin: 'https://evil.example' })).rejects.toThrow()
  })

  it("another team's supervisor is answered as if the call were not there", async () => {
    desk = await beginCall()
    const { client } = await server.signInAs('supervisor')
    const page = await openPage(client)
    const forbidden = await page.socket.emitWithAck('listen', { callId: desk.call.callId })
    const unknown = await page.socket.emitWithAck('listen', { callId: '7f1c2b9a-0000-4000-8000-000000000000' })
    expect(forbidden).toMatchObject({ ok: false })
    expect(forbidden).toEqual(unknown)
    expect(await page.socket.emitWithAck('coach-text', { callId: desk.call.callId, text: 'x' })).toMatchObject({ ok: false })
    expect(desk.heard['coach-text']).toEqual([])
  })

  it('a supervisor taken out of the team hears nothing more within five seconds', async () => {
    desk = await beginCall()
    const other = await server.signInAs('supervisor')
    const teamId = await makeTeam('Billing', technician, other.viewer)
    const page = await openPage(other.client)
    await listen(page)
    await server.database.teamMember.delete({ where: { teamId_userId: { teamId, userId: other.viewer.id } } })
    const takenAtMs = performance.now()
    await waitUntil(() => page.told.ended.length > 0)
    expect(performance.now() - takenAtMs).toBeLessThan(5_000)
    expect(page.told.ended).toEqual([{ callId: desk.call.callId, why: 'no-right' }])
    page.told.items.length = 0
    await desk.relay(packet(5_000))
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(page.told.items).toEqual([])
  })

  it('a session that has ended ends the connection', async () => {
    desk = await beginCall()
    const other = await server.signInAs('admin')
    const page = await openPage(other.client)
    await listen(page)
    await server.database.session.updateMany({ where: { userId: other.viewer.id }, data: { endedAt: new Date() } })
    await waitUntil(() => !page.socket.connected)
  })

  it('nonsense is answered with what is wrong, and harms nobody', async () => {
    desk = await beginCall()
    const page = await openPage(supervisor.client)
    const socket = page.socket as unknown as { emitWithAck(name: string, message?: unknown): Promise<{ ok: boolean }>; emit(name: string, message?: unknown): void }
    for (const name of ['listen', 'coach-text', 'witness']) for (const nonsense of [null, 7, { callId: 'x' }]) expect(await socket.emitWithAck(name, nonsense)).toMatchObject({ ok: false, reason: 'failed' })
    for (const nonsense of [null, 'x', { callId: desk.call.callId, number: -1, bytes: 'x' }]) socket.emit('coach-voice', nonsense)
    socket.emit('time')
    expect((await listen(page)).callId).toBe(desk.call.callId)
  })

  it('somebody who leaves while he joins hears nothing', async () => {
    desk = await beginCall()
    const page = await openPage(supervisor.client)
    await listen(page)
    const other = await openPage(supervisor.client)
    const joining = other.socket.emitWithAck('listen', { callId: desk.call.callId })
    other.socket.emit('leave')
    await joining
    await waitUntil(() => desk.heard.listen.length > 0)
    await desk.relay(packet(7_000))
    await waitUntil(() => page.told.items.length > 0)
    expect(other.told.items).toEqual([])
  })

  it('a desk cannot relay into a call that is not its own', async () => {
    desk = await beginCall()
    const page = await openPage(supervisor.client)
    await listen(page)
    const stranger = await LiveDesk.connect(server, await server.createUser('technician'))
    stranger.tell({ callId: desk.call.callId })
    Object.assign(stranger, { call: desk.call })
    await stranger.relay(packet(9_000))
    await new Promise((resolve) => setTimeout(resolve, 200))
    stranger.leave()
    expect(page.told.items.flatMap(({ items }) => items)).toEqual([])
  })
})

describe('the wallboard', () => {
  it('shows the calls of the teams, with levels, action and faults, and lets go of what has ended', async () => {
    desk = await beginCall()
    const page = await openPage(supervisor.client)
    expect(await page.socket.emitWithAck('watch-board')).toEqual({ ok: true })
    const fault = { id: 'silent-customer', severity: 'warn' as const, message: 'The customer is silent.', remedy: 'Ask.' }
    desk.tell({ faults: [fault] })
    await waitUntil(() => page.told.board.some(({ tiles }) => tiles.some(({ faults }) => faults.length > 0)))
    const tile = page.told.board.flatMap(({ tiles }) => tiles).findLast(({ callId }) => callId === desk.call.callId)
    expect(tile).toMatchObject({ technician: { name: technician.name }, customerName: 'Budi Santoso', phase: 'recording', levelsDb: { technician: -20, customer: -30 }, faults: [fault], isAway: false })
    expect(tile!.teams).toContain('Roaming')
    expect(tile!.lastAction?.action.verb).toBe('changed')
    desk.call.hangUp().close().seal()
    await desk.replicate()
    await waitUntil(() => page.told.board.some(({ gone }) => gone.includes(desk.call.callId)))
  })

  it('says what is wrong at a desk that has come back without its call', async () => {
    desk = await beginCall()
    const page = await openPage(supervisor.client)
    await page.socket.emitWithAck('watch-board')
    const deskOnBoard = () => page.told.board.findLast(({ technicians }) => technicians !== null)?.technicians?.find(({ person }) => person.id === technician.id)
    await waitUntil(() => page.told.board.some(({ tiles }) => tiles.some(({ callId }) => callId === desk.call.callId)))
    expect(deskOnBoard()).toBeUndefined()
    desk.leave()
    const back = await LiveDesk.reconnect(server, desk.call, desk.token)
    const fault = { id: 'not-recording', severity: 'bad', message: 'A call runs and is not recorded.', remedy: 'Press Start.' } as const
    back.tell({ phase: 'idle', callId: null, faults: [fault] })
    await waitUntil(() => deskOnBoard()?.why === fault.message, 5_000)
    back.leave()
  })

  it("does not show another team's calls", async () => {
    desk = await beginCall()
    const { client } = await server.signInAs('supervisor')
    const page = await openPage(client)
    await page.socket.emitWithAck('watch-board')
    desk.tell()
    await new Promise((resolve) => setTimeout(resolve, 1_200))
    expect(page.told.board.flatMap(({ tiles }) => tiles)).toEqual([])
  })

  it('says of technicians who are not on a call whether their desks are ready', async () => {
    desk = await beginCall()
    const idle = await server.createUser('technician')
    await makeTeam('Idle', idle, supervisor.viewer)
    const page = await openPage(supervisor.client)
    await page.socket.emitWithAck('watch-board')
    const told = page.told.board.find(({ technicians }) => technicians !== null)?.technicians ?? []
    expect(told.find(({ person }) => person.id === idle.id)).toMatchObject({ state: 'away', teams: ['Idle'] })
    expect(told.find(({ person }) => person.id === technician.id)).toBeUndefined()
  })
})
