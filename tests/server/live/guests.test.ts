/** A guest of a running call against the whole server: he hears that call and nothing else, is seen, and is out within five seconds. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { LiveItem } from '@/protocol/live-items'
import type { Viewer } from '@/server/access/sessions'
import { invitationCookie } from '@/server/live/guests'
import { inviteToCall, type NewInvitation } from '@/server/live/invitations'
import { beginCall } from '../../support/begin-call'
import { HttpClient } from '../../support/http-client'
import { LiveDesk, packet } from '../../support/live-desk'
import { TestLivePage } from '../../support/live-page'
import { callAction } from '../../support/server-action'
import { startTestServer, type TestServer } from '../../support/server'
import { waitUntil } from '../../support/wait-until'

type Invited = { client: HttpClient; token: string; id: string }

let server: TestServer
let technician: Viewer
let supervisor: { viewer: Viewer; client: HttpClient }
let teamId: string
let desk: LiveDesk
const pages: TestLivePage[] = []

beforeAll(async () => {
  server = await startTestServer()
  technician = await server.createUser('technician')
  supervisor = await server.signInAs('supervisor')
  // His team's technicians never see who listens; guests they do.
  const team = await server.database.team.create({ data: { name: 'Roaming', listenersShown: 'never', members: { create: [technician, supervisor.viewer].map(({ id }) => ({ userId: id })) } } })
  teamId = team.id
}, 120_000)
beforeEach(async () => {
  desk = await beginCall(server, technician)
})
afterEach(() => {
  for (const page of pages.splice(0)) page.close()
  desk.leave()
})
afterAll(() => server?.dispose())

const invite = (values: Partial<NewInvitation> = {}, viewer = supervisor.viewer): Promise<string> =>
  inviteToCall(server.database, { viewer, callId: desk.call.callId, address: null }, { name: 'Rudi Hartanto', as: 'trainee', lasts: 'quarter', ...values })

/** Confirms the link as its page does, in a browser of his own. */
async function confirm(token: string): Promise<Invited> {
  const client = new HttpClient(server.origin)
  const answer = await (await callAction(client, `/join/${token}`, 'confirm', [token])).text()
  const id = /"state":"confirmed","id":"([^"]+)"/.exec(answer)?.[1]
  if (id === undefined) throw new Error(answer)
  return { client, token, id }
}

async function openPage({ client, id }: Pick<Invited, 'client' | 'id'>, headers?: Record<string, string>): Promise<TestLivePage> {
  const page = await TestLivePage.open(client, headers, { invitation: id })
  pages.push(page)
  return page
}

async function listen(page: TestLivePage) {
  let answer = await page.socket.emitWithAck('listen', { callId: desk.call.callId })
  // The desk's word and the page's question race for the server.
  for (let tries = 0; !answer.ok && answer.reason === 'not-connected' && tries < 20; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 100))
    desk.tell()
    answer = await page.socket.emitWithAck('listen', { callId: desk.call.callId })
  }
  if (!answer.ok) throw new Error(answer.message)
  return answer.call
}

async function listenAsGuest(values?: Partial<NewInvitation>, inviter?: Viewer): Promise<Invited & { page: TestLivePage }> {
  const invited = await confirm(await invite(values, inviter))
  const page = await openPage(invited)
  await listen(page)
  await waitUntil(() => desk.heard.listen.at(-1)?.isWanted === true)
  return { ...invited, page }
}

/** What is relayed after it reaches him no more. */
async function hearsNothing(page: TestLivePage): Promise<void> {
  page.told.items.length = 0
  await desk.relay(packet(60_000))
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(page.told.items).toEqual([])
}

async function isOutWithinFiveSeconds(page: TestLivePage, why: 'closed' | 'no-right'): Promise<void> {
  const sinceMs = performance.now()
  await waitUntil(() => !page.socket.connected)
  expect(performance.now() - sinceMs).toBeLessThan(5_000)
  expect(page.told.ended[0]).toEqual({ callId: desk.call.callId, why })
  await hearsNothing(page)
}

const joinedInAudit = () => server.database.auditEntry.findMany({ where: { verb: 'live-joined', callId: desk.call.callId }, select: { actorId: true, detail: true } })

const coachPacket = (atMs: number): LiveItem => ({ ...packet(atMs), track: 'coach' })
const heardBy = (page: TestLivePage) => page.told.items.flatMap(({ items }) => items).map(({ track, atMs }) => `${track} ${atMs}`)

describe('a guest', () => {
  it('hears each packet as it comes, and what came before, without what a coach says to the technician alone', async () => {
    const staff = await TestLivePage.open(supervisor.client)
    pages.push(staff)
    await listen(staff)
    await waitUntil(() => desk.heard.listen.at(-1)?.isWanted === true)
    await desk.relay(packet(1_000), coachPacket(1_000))
    const { page } = await listenAsGuest()
    await waitUntil(() => page.told.items.length > 0)
    await desk.relay(packet(1_020), coachPacket(1_020), packet(1_020, 'technician'))
    await desk.relay(packet(1_040))
    await waitUntil(() => heardBy(page).length === 4)
    expect(heardBy(page)).toEqual(['customer 1000', 'customer 1020', 'technician 1020', 'customer 1040'])
    await waitUntil(() => heardBy(staff).length === 6)
    expect(heardBy(staff)).toContain('coach 1020')
  })

  it('reads actions, and neither notes nor who else listens', async () => {
    const sari = { id: supervisor.viewer.id, name: supervisor.viewer.name }
    desk.call.add({ kind: 'note', atMs: 1_900, data: { by: sari, text: 'Offer the monthly plan', to: 'technician' } }).add({ kind: 'presence', atMs: 1_900, data: { person: sari, as: 'supervisor', state: 'joined' } })
    await desk.replicate()
    const { page } = await listenAsGuest()
    const call = await listen(page)
    expect(call.entries.map(({ kind }) => kind)).toEqual(['open', 'action'])
    for (const hidden of [desk.call.device.id, desk.call.device.publicKey]) expect(JSON.stringify(call)).not.toContain(hidden)
    desk.call.add({ kind: 'note', atMs: 2_000, data: { by: sari, text: 'Now', to: 'technician' } }).action()
    await desk.replicate()
    await waitUntil(() => page.told.entries.length > 0)
    expect(page.told.entries.flatMap(({ entries }) => entries).map(({ kind }) => kind)).toEqual(['action'])
  })

  it('is told to the technician with his name and who invited him, though his team never shows who listens', async () => {
    const { page, id } = await listenAsGuest()
    await waitUntil(() => desk.heard.presence.length > 0)
    const invited = { as: 'trainee', by: { id: supervisor.viewer.id, name: supervisor.viewer.name } }
    const told = { callId: desk.call.callId, person: { id, name: 'Rudi Hartanto' }, as: 'witness', invited, isShown: true }
    expect(desk.heard.presence).toEqual([{ ...told, state: 'joined' }])
    page.socket.emit('leave')
    await waitUntil(() => desk.heard.presence.length === 2)
    expect(desk.heard.presence[1]).toEqual({ ...told, state: 'left' })
    expect(await joinedInAudit()).toEqual([{ actorId: null, detail: { name: 'Rudi Hartanto', as: 'trainee', invitedBy: supervisor.viewer.name, invitation: id } }])
  })

  it('is told to the technician at once, though he leaves at once, and once for each time', async () => {
    const page = await openPage(await confirm(await invite()))
    await listen(page)
    page.socket.emit('leave')
    // He is counted only half a second later.
    await waitUntil(() => desk.heard.presence.length === 1, 300)
    await waitUntil(() => desk.heard.presence.length === 2)
    await listen(page)
    page.socket.emit('leave')
    await waitUntil(() => desk.heard.presence.length === 4)
    await new Promise((resolve) => setTimeout(resolve, 700))
    expect(desk.heard.presence.map(({ state }) => state)).toEqual(['joined', 'left', 'joined', 'left'])
    expect(await joinedInAudit()).toHaveLength(1)
  })

  it('is not let in while the technician cannot be told of him, and is sent nothing', async () => {
    const staff = await TestLivePage.open(supervisor.client)
    pages.push(staff)
    await listen(staff)
    desk.leave()
    await waitUntil(() => staff.told.uplink.at(-1)?.isAway === true)
    const page = await openPage(await confirm(await invite()))
    expect(await page.socket.emitWithAck('listen', { callId: desk.call.callId })).toMatchObject({ ok: false, reason: 'not-connected' })
    expect(await joinedInAudit()).toEqual([])
    desk = await LiveDesk.reconnect(server, desk.call, desk.token)
    desk.tell()
    await waitUntil(() => staff.told.uplink.at(-1)?.isAway === false)
    expect([page.told.uplink, page.told.entries, page.told.words, page.told.items]).toEqual([[], [], [], []])
    await listen(page)
    await waitUntil(() => desk.heard.presence.some(({ invited, state }) => invited !== undefined && state === 'joined'), 300)
  })

  it('who leaves while the computer is away is told to have left when it is back', async () => {
    const { page } = await listenAsGuest()
    await waitUntil(() => desk.heard.presence.length === 1)
    desk.leave()
    await waitUntil(() => page.told.uplink.at(-1)?.isAway === true)
    page.close()
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    desk = await LiveDesk.reconnect(server, desk.call, desk.token)
    desk.tell()
    await waitUntil(() => desk.heard.presence.at(-1)?.state === 'left')
  })

  it('who asks for the call over and over is answered once a second, the last time that he asked', async () => {
    const { page } = await listenAsGuest()
    const sinceMs = performance.now()
    const answers = await Promise.all(Array.from({ length: 20 }, () => page.socket.emitWithAck('listen', { callId: desk.call.callId })))
    expect(answers.map(({ ok }) => ok)).toEqual([...Array.from({ length: 19 }, () => false), true])
    expect((await page.socket.emitWithAck('listen', { callId: desk.call.callId })).ok).toBe(true)
    expect(performance.now() - sinceMs).toBeGreaterThan(950)
  })

  it('has six connections and not a seventh', async () => {
    const invited = await confirm(await invite())
    await Promise.all(Array.from({ length: 6 }, () => openPage(invited)))
    await expect(openPage(invited)).rejects.toThrow('Sign in to listen.')
  })

  it('says nothing to the technician, sees no wallboard and no other call', async () => {
    const other = await beginCall(server, technician)
    const { page } = await listenAsGuest()
    const { callId } = desk.call
    const refused = { ok: false, reason: 'no-right' }
    expect(await page.socket.emitWithAck('watch-board')).toMatchObject(refused)
    expect(await page.socket.emitWithAck('coach-text', { callId, text: 'x' })).toMatchObject(refused)
    expect(await page.socket.emitWithAck('witness', { callId, stands: true })).toMatchObject(refused)
    page.socket.emit('coach-voice', { callId, number: 0, bytes: Buffer.from([0xf8]) })
    const [elsewhere, nowhere] = [await page.socket.emitWithAck('listen', { callId: other.call.callId }), await page.socket.emitWithAck('listen', { callId: '7f1c2b9a-0000-4000-8000-000000000000' })]
    expect(elsewhere).toMatchObject(refused)
    expect(elsewhere).toEqual(nowhere)
    await new Promise((resolve) => setTimeout(resolve, 700))
    expect([desk.heard['coach-text'], desk.heard['coach-voice'], page.told.board]).toEqual([[], [], []])
    other.leave()
  })

  it('gets no other page and no data, and changes nothing', async () => {
    const { client } = await listenAsGuest()
    const { callId } = desk.call
    for (const path of ['/calls', '/live', `/live/${callId}`, `/calls/${callId}`, '/people', '/people/teams', '/audit', '/devices', '/settings', '/welcome']) {
      const answer = await client.fetch(path)
      expect([answer.status, answer.headers.get('location')?.includes('/sign-in')], path).toEqual([307, true])
    }
    for (const path of ['/api/calls', '/api/calls.csv', '/api/calls/find?q=a', '/api/audit.csv', ...['log.jsonl', 'customer.ogg', 'screen.mp4', 'playback.mp4', 'peaks.json', 'stills.json', 'stills.jpg'].map((file) => `/media/${callId}/${file}`)])
      expect((await client.fetch(path)).status, path).toBe(404)
    expect(await (await client.fetch(`/api/calls/${callId}/standing`)).json()).toEqual({ standing: 'signed-out' })
    expect(await (await client.fetch('/api/auth/session')).json()).toEqual({})
    for (const [name, ...args] of [['markMoment', { startMs: 0, endMs: 0, text: 'x' }], ['listCallInvitations'], ['inviteToThisCall', { name: 'Eve', as: 'witness', lasts: 'call' }], ['endCallInvitation', crypto.randomUUID()], ['reloadCall', 0], ['loadCallWords'], ['addCallNote', { startMs: 0, endMs: 0, text: 'x' }]] as const) {
      const answer = await (await callAction(client, '/join/no-such-token', name, [callId, ...args])).text()
      expect(answer, name).not.toMatch(/"invitations"|"link"|"entryCount"|"name":"Rudi/)
    }
    expect(await server.database.note.count({ where: { moment: { callId } } })).toBe(0)
    expect(await server.database.liveInvitation.count({ where: { callId } })).toBe(1)
  })
})

describe('whoever is not the guest', () => {
  it('does not get in without his cookie, with a wrong one, or by naming another invitation', async () => {
    const mine = await confirm(await invite())
    const his = await confirm(await invite({ name: 'Dewi' }))
    const open = await invite({ name: 'Eka' })
    const unconfirmed = (await server.database.liveInvitation.findFirstOrThrow({ where: { name: 'Eka', callId: desk.call.callId } })).id
    await expect(openPage(mine, { cookie: '' })).rejects.toThrow('Sign in to listen.')
    await expect(openPage(mine, { cookie: `${invitationCookie(mine.id)}=${mine.token}` })).rejects.toThrow('Sign in to listen.')
    await expect(openPage({ client: mine.client, id: his.id })).rejects.toThrow('Sign in to listen.')
    await expect(openPage({ client: mine.client, id: unconfirmed }, { cookie: `${invitationCookie(unconfirmed)}=${open}` })).rejects.toThrow('Sign in to listen.')
    await expect(openPage({ client: mine.client, id: 'x' })).rejects.toThrow('Sign in to listen.')
    await expect(TestLivePage.open(mine.client)).rejects.toThrow('Sign in to listen.')
  })

  it('does not get in from a page of another site', async () => {
    await expect(openPage(await confirm(await invite()), { origin: 'https://evil.example' })).rejects.toThrow()
  })

  it('cannot use the link a second time, and is told nothing of the call', async () => {
    const { token, client } = await confirm(await invite())
    const show = async (who: HttpClient, path: string): Promise<string> => (await who.fetch(path)).text()
    const stranger = new HttpClient(server.origin)
    const used = await show(stranger, `/join/${token}`)
    expect(used).toContain('This link has been used</h1>')
    expect(await (await callAction(stranger, `/join/${token}`, 'confirm', [token])).text()).toContain('"state":"used"')
    const unknown = await show(stranger, '/join/no-such-token')
    expect(unknown).toContain('This link does not work</h1>')
    for (const page of [used, unknown]) for (const secret of [technician.name, 'Rudi', supervisor.viewer.name, 'Budi Santoso', desk.call.callId]) expect(page).not.toContain(secret)
    // His own browser goes on where it was.
    const again = await client.fetch(`/join/${token}`)
    expect(again.status).toBe(307)
    expect(again.headers.get('location')).toMatch(/\/join\/call\//)
  })

  it.each([
    ['expired', 'This invitation has expired', () => server.database.liveInvitation.updateMany({ where: { callId: desk.call.callId }, data: { expiresAt: new Date() } })],
    ['ended', 'This invitation was ended', () => server.database.liveInvitation.updateMany({ where: { callId: desk.call.callId }, data: { endedAt: new Date() } })],
    ['over', 'There is nothing to listen to any more', () => server.database.call.update({ where: { id: desk.call.callId }, data: { state: 'closed' } })],
  ])('sees of one that is %s that it is, and nothing else', async (_, title, happen) => {
    const [token, confirmed] = [await invite(), await confirm(await invite())]
    await happen()
    for (const [client, path] of [[new HttpClient(server.origin), `/join/${token}`], [confirmed.client, `/join/call/${confirmed.id}`]] as const) {
      const page = await (await client.fetch(path)).text()
      expect(page).toContain(`${title}</h1>`)
      for (const secret of [technician.name, 'Rudi', supervisor.viewer.name, 'Budi Santoso', desk.call.callId]) expect(page).not.toContain(secret)
    }
  })
})

describe('the end', () => {
  it('comes within five seconds of being ended, and the technician is told that he has left', async () => {
    const { page, id } = await listenAsGuest()
    await waitUntil(() => desk.heard.presence.length > 0)
    await callAction(supervisor.client, `/live/${desk.call.callId}`, 'endCallInvitation', [desk.call.callId, id])
    await isOutWithinFiveSeconds(page, 'no-right')
    await waitUntil(() => desk.heard.presence.at(-1)?.state === 'left')
    await expect(openPage({ client: supervisor.client, id })).rejects.toThrow('Sign in to listen.')
  })

  it('comes within five seconds of expiring', async () => {
    const { page, id } = await listenAsGuest()
    await server.database.liveInvitation.update({ where: { id }, data: { expiresAt: new Date() } })
    await isOutWithinFiveSeconds(page, 'no-right')
  })

  it('comes within five seconds of whoever invited losing his own right', async () => {
    const inviter = await server.createUser('supervisor')
    await server.database.teamMember.create({ data: { teamId, userId: inviter.id } })
    const { page } = await listenAsGuest({}, inviter)
    await server.database.teamMember.delete({ where: { teamId_userId: { teamId, userId: inviter.id } } })
    await isOutWithinFiveSeconds(page, 'no-right')
  })

  it('comes when his right cannot be read, and others, whose right can be, stay or go by it', async () => {
    const { page } = await listenAsGuest()
    const [staff, other] = [supervisor, await server.signInAs('admin')]
    const [stays, goes] = [await TestLivePage.open(staff.client), await TestLivePage.open(other.client)]
    pages.push(stays, goes)
    await listen(stays)
    await server.database.$executeRaw`alter table "LiveInvitation" rename to "LiveInvitationAway"`
    try {
      const sinceMs = performance.now()
      await server.database.session.updateMany({ where: { userId: other.viewer.id }, data: { endedAt: new Date() } })
      await waitUntil(() => !goes.socket.connected, 5_000)
      await waitUntil(() => !page.socket.connected)
      expect(performance.now() - sinceMs).toBeLessThan(8_000)
      // Nobody knows that it is over.
      expect(page.told.ended).toEqual([])
      await waitUntil(() => desk.heard.presence.some(({ invited, state }) => invited !== undefined && state === 'left'))
      expect(stays.socket.connected).toBe(true)
    } finally {
      await server.database.$executeRaw`alter table "LiveInvitationAway" rename to "LiveInvitation"`
    }
    await hearsNothing(page)
    await waitUntil(() => stays.told.items.length > 0)
  })

  it('comes with that of the call, and is told as that', async () => {
    const { page } = await listenAsGuest()
    desk.call.hangUp().close().seal()
    await desk.replicate()
    await waitUntil(() => page.told.ended.length > 0)
    expect(page.told.ended[0]).toEqual({ callId: desk.call.callId, why: 'closed' })
    await waitUntil(() => !page.socket.connected)
    expect(page.told.ended.map(({ why }) => why)).not.toContain('no-right')
  })
})

describe('the link', () => {
  it('is made by whoever may listen, and by nobody else', async () => {
    const { callId } = desk.call
    const make = async (client: HttpClient): Promise<string> => (await callAction(client, `/live/${callId}`, 'inviteToThisCall', [callId, { name: 'Rudi', as: 'witness', lasts: 'hour' }])).text()
    for (const client of [new HttpClient(server.origin), (await server.signInAs('technician')).client, (await server.signInAs('reviewer')).client, (await server.signInAs('supervisor')).client]) expect(await make(client)).not.toContain('/join/')
    const made = await make(supervisor.client)
    expect(made).toContain(`${server.origin}/join/`)
    expect(await server.database.liveInvitation.count({ where: { callId } })).toBe(1)
  })

  it('and the cookie stay where they belong', async () => {
    const { token, client, id } = await listenAsGuest()
    const page = await new HttpClient(server.origin).fetch(`/join/${token}`)
    expect(page.headers.get('referrer-policy')).toBe('no-referrer')
    expect(page.headers.get('cache-control')).toContain('no-store')
    const fresh = await invite()
    const [cookie] = (await callAction(new HttpClient(server.origin), `/join/${fresh}`, 'confirm', [fresh])).headers.getSetCookie()
    expect(cookie).toMatch(/^callwitness\.invitation\.[0-9a-f-]{36}=[\w-]{43}; Path=\/; Expires=[^;]+; HttpOnly; SameSite=lax$/i)
    const secret = new RegExp(`${invitationCookie(id)}=([^;]+)`).exec(client.cookieHeader)![1]!
    for (const hidden of [token, fresh, secret]) expect(server.output).not.toContain(hidden)
  })

  it('is not confirmed by a page of another site', async () => {
    const token = await invite()
    const answer = await callAction(new HttpClient(server.origin), `/join/${token}`, 'confirm', [token], { origin: 'https://evil.example' })
    expect(answer.headers.getSetCookie()).toEqual([])
    expect(await server.database.liveInvitation.count({ where: { callId: desk.call.callId, confirmedAt: null } })).toBe(1)
    expect(server.output).not.toContain(token)
  })
})
