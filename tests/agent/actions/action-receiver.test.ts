import { request } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MAX_BODY_BYTES, type ReportedAction } from '@/agent/capture/actions/action-messages'
import { startActionReceiver, type ActionReceiver, type ReceivedAction } from '@/agent/capture/actions/action-receiver'
import { WITHHELD } from '@/agent/capture/actions/card-numbers'
import { faultOfPairing } from '@/agent/capture/actions/pairing'

const SECRET = 'a-pairing-secret-for-tests'
const ORIGIN = 'https://crm.example'
const CALL = 'call-1'

let receiver: ActionReceiver
let received: ReceivedAction[]
let onAction: (action: ReceivedAction) => void | Promise<void>
let mayCallGoOn: boolean

beforeEach(async () => {
  received = []
  mayCallGoOn = false
  onAction = (action) => void received.push(action)
  receiver = await startActionReceiver({
    port: 0,
    pairingSecret: SECRET,
    allowedOrigins: [ORIGIN, 'https://*.zendesk.com'],
    onAction: (action) => onAction(action),
    mayCallGoOn: () => mayCallGoOn,
    log: () => undefined,
  })
})
afterEach(() => receiver.stop())

const makeAction = (over: Partial<ReportedAction> = {}): ReportedAction => ({
  id: crypto.randomUUID(),
  wallMs: Date.now(),
  origin: ORIGIN,
  action: { source: 'crm', verb: 'changed', object: { type: 'customer', id: '7' }, changes: [{ field: 'roaming', from: 'off', to: 'on' }] },
  ...over,
})

type Answer = { status: number; body: { call?: string | null; taken?: string[]; allowedOrigins?: string[]; message?: string } }

/** Below `fetch`, which lets nobody choose the Host header. */
function send(path: string, { body, headers = {} }: { body?: string; headers?: Record<string, string> } = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port: receiver.port, path, method: body === undefined ? 'GET' : 'POST', headers: { authorization: `Bearer ${SECRET}`, ...headers } },
      (response) => {
        let text = ''
        response.on('data', (part) => (text += String(part)))
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) as Answer['body'] }))
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}
const deliver = (actions: ReportedAction[], headers?: Record<string, string>): Promise<Answer> => send('/extension/actions', { body: JSON.stringify({ actions }), headers })

describe('the action receiver, while a call is recorded', () => {
  beforeEach(() => receiver.beginCall(CALL, Date.now() - 1_000))

  it('hands on what the extension saw, with its stamp', async () => {
    const action = makeAction()
    expect(await deliver([action])).toEqual({ status: 200, body: { call: CALL, taken: [action.id] } })
    expect(received).toEqual([{ id: action.id, data: action.action, wallMs: action.wallMs }])
  })

  it('hands on an action that comes twice once, even when both arrive together', async () => {
    const action = makeAction()
    const answers = await Promise.all([deliver([action]), deliver([action]), deliver([action, action])])
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(received).toHaveLength(1)
  })

  it('answers only when the action is in the log, and takes it again when that failed', async () => {
    const action = makeAction()
    onAction = () => Promise.reject(new Error('disk full'))
    expect((await deliver([action])).status).toBe(500)
    onAction = (one) => void received.push(one)
    expect((await deliver([action])).status).toBe(200)
    expect(received).toHaveLength(1)
  })

  it('takes nothing from an origin that is not allowed', async () => {
    await deliver(['https://evil.example', 'http://crm.example', 'https://crm.example.evil.com', 'https://zendesk.com', 'null'].map((origin) => makeAction({ origin })))
    expect(received).toEqual([])
    await deliver([makeAction({ origin: 'https://northstar.zendesk.com' })])
    expect(received).toHaveLength(1)
  })

  it('takes nothing done before the call began or in the future', async () => {
    await deliver([makeAction({ wallMs: Date.now() - 60_000 }), makeAction({ wallMs: Date.now() + 60_000 })])
    expect(received).toEqual([])
  })

  it('withholds a card number that got past the extension', async () => {
    const action = makeAction()
    action.action.changes = [{ field: 'comment', from: '', to: 'pays with 4111 1111 1111 1111' }]
    await deliver([action])
    expect(received[0]?.data.changes[0]?.to).toBe(WITHHELD)
  })

  it.each([
    ['not JSON', '{'],
    ['no action', '{"actions":[]}'],
    ['an unknown verb', JSON.stringify({ actions: [{ ...makeAction(), action: { ...makeAction().action, verb: 'deleted' } }] })],
  ])('says what is wrong with %s', async (_what, body) => {
    const answer = await send('/extension/actions', { body })
    expect(answer.status).toBe(400)
    expect(answer.body.message).toContain('Malformed actions')
    expect(received).toEqual([])
  })

  it('refuses a body above the limit', async () => {
    expect((await send('/extension/actions', { body: 'x'.repeat(MAX_BODY_BYTES + 1) })).status).toBe(413)
  })

  it('refuses a page that rebound its name to loopback, and any page at all', async () => {
    expect((await deliver([makeAction()], { host: 'evil.example' })).status).toBe(421)
    expect((await deliver([makeAction()], { origin: ORIGIN })).status).toBe(403)
    expect(received).toEqual([])
  })

  it('counts wrong secrets for the panel and forgets them at the first right one', async () => {
    const answer = await deliver([makeAction()], { authorization: 'Bearer wrong' })
    await deliver([makeAction()], { authorization: '' })
    expect(answer.status).toBe(401)
    expect(received).toEqual([])
    expect(faultOfPairing(receiver.pairing())?.message).toContain('2 times')
    await deliver([makeAction()])
    expect(faultOfPairing(receiver.pairing())).toBeNull()
  })
})

describe('the action receiver, between calls', () => {
  it('lets the extension forget what it holds and takes none of it', async () => {
    const action = makeAction()
    expect(await deliver([action])).toEqual({ status: 200, body: { call: null, taken: [action.id] } })
    expect(received).toEqual([])
  })

  it('lets the extension keep what it holds until it is known whether the call of a killed agent goes on', async () => {
    mayCallGoOn = true
    const action = makeAction()
    expect((await deliver([action])).status).toBe(503)
    receiver.beginCall(CALL, Date.now() - 1_000)
    expect((await deliver([action])).body.taken).toEqual([action.id])
    expect(received).toHaveLength(1)
  })

  it('tells what to watch and whether a call runs', async () => {
    expect((await send('/extension')).body).toEqual({ call: null, allowedOrigins: [ORIGIN, 'https://*.zendesk.com'] })
    receiver.beginCall(CALL, Date.now())
    expect((await send('/extension')).body.call).toBe(CALL)
    await receiver.endCall()
    expect((await send('/extension')).body.call).toBeNull()
  })
})

it('does not start on a taken port, with a short secret or with something that is no origin', async () => {
  const start = (over: { port?: number; pairingSecret?: string; allowedOrigins?: string[] }): Promise<ActionReceiver> =>
    startActionReceiver({ port: 0, pairingSecret: SECRET, allowedOrigins: [], onAction: () => undefined, log: () => undefined, ...over })
  await expect(start({ port: receiver.port })).rejects.toMatchObject({ reason: 'port-taken' })
  await expect(start({ pairingSecret: 'short' })).rejects.toMatchObject({ reason: 'weak-secret' })
  await expect(start({ allowedOrigins: ['*'] })).rejects.toMatchObject({ reason: 'not-an-origin' })
  await expect(start({ allowedOrigins: ['https://crm.example/tickets'] })).rejects.toMatchObject({ reason: 'not-an-origin' })
})
