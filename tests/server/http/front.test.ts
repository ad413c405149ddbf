/** The port: which names and pages it answers to, before and after the server has started. */
import { request } from 'node:http'
import { connect } from 'node:net'
import { io } from 'socket.io-client'
import parser from 'socket.io-msgpack-parser'
import { afterEach, expect, test } from 'vitest'
import { attachSockets } from '@/server/http/sockets'
import type { Front } from '@/server/http/front'
import { startFront } from '../../support/front'

const fronts: Front[] = []
async function start(values: Parameters<typeof startFront>[0] = {}) {
  const { front, log } = await startFront(values)
  fronts.push(front)
  front.serve((req, res) => Promise.resolve(void res.end(String(req.headers['x-callwitness-address']))))
  return { front, log }
}
afterEach(async () => {
  for (const front of fronts.splice(0)) await front.close()
})

/** fetch() does not let one set Host. */
const statusFor = (front: Front, headers: Record<string, string>, path = '/') =>
  new Promise<number | undefined>((resolve, reject) => {
    request(`${front.origin}`, { path, headers }, (res) => resolve(res.resume().statusCode)).on('error', reject).end()
  })

test('says that it is starting until it serves', async () => {
  const { front } = await startFront()
  fronts.push(front)
  expect((await fetch(`${front.origin}/healthz`)).status).toBe(503)
  expect((await fetch(front.origin)).status).toBe(503)
  front.serve((_req, res) => Promise.resolve(void res.end()))
  expect((await fetch(`${front.origin}/healthz`)).status).toBe(200)
})

test('a port in use is found at once', async () => {
  const { front } = await start()
  await expect(startFront({ port: Number(new URL(front.origin).port) })).rejects.toThrow(/is taken by another program.*set PORT/)
})

test('answers to loopback and its public name and to no other', async () => {
  const { front } = await start({ publicUrl: 'https://calls.example.com' })
  const port = (front.server.address() as { port: number }).port
  const status = (host: string, path?: string) =>
    new Promise((resolve, reject) => request({ port, host: '127.0.0.1', path, headers: { host } }, (res) => resolve(res.resume().statusCode)).on('error', reject).end())
  expect(await Promise.all(['127.0.0.1:1', 'localhost', '[::1]:9', 'calls.example.com'].map((host) => status(host)))).toEqual([200, 200, 200, 200])
  expect(await Promise.all(['evil.example', '127.0.0.1.evil.example', '10.0.0.1', 'a b'].map((host) => status(host)))).toEqual([421, 421, 421, 421])
  expect(await status('10.0.0.1', '/healthz')).toBe(200)
})

test('every answer carries the security headers; only https asks for https', async () => {
  const { front } = await start()
  const headers = (await fetch(front.origin)).headers
  expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
  expect(headers.get('content-security-policy')).not.toContain(" 'unsafe-eval'")
  expect(headers.get('content-security-policy')).toMatch(/script-src 'self' 'nonce-[A-Za-z0-9+/]{22}==' 'wasm-unsafe-eval'(;|$)/)
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.get('strict-transport-security')).toBeNull()
})

test('the caller cannot say where he comes from, unless a proxy says it', async () => {
  const forged = { 'x-callwitness-address': '6.6.6.6', 'x-forwarded-for': '6.6.6.6, 10.0.0.7' }
  const alone = await start()
  expect(await (await fetch(alone.front.origin, { headers: forged })).text()).toBe('127.0.0.1')
  const behindProxy = await start({ trustsProxy: true })
  expect(await (await fetch(behindProxy.front.origin, { headers: forged })).text()).toBe('10.0.0.7')
})

test('a malformed target is refused', async () => {
  const { front } = await start()
  expect(await statusFor(front, {}, '//evil.example/')).toBe(400)
})

test('a fault is logged once and tells the caller nothing', async () => {
  const { front, log } = await start()
  front.serve(() => Promise.reject(new Error('secret detail')))
  const response = await fetch(front.origin)
  expect(response.status).toBe(500)
  expect(await response.text()).not.toContain('secret detail')
  expect(log.errors).toHaveLength(1)
})

test('sockets: programs and our own pages come in, pages of other sites do not', async () => {
  const { front } = await start()
  const sockets = attachSockets(front.server, null)
  const isAdmitted = (headers: Record<string, string>) =>
    new Promise<boolean>((resolve) => {
      const socket = io(front.origin, { parser, transports: ['websocket'], reconnection: false, extraHeaders: headers })
      const answer = (admitted: boolean) => resolve((socket.disconnect(), admitted))
      socket.on('connect', () => answer(true)).on('connect_error', () => answer(false))
    })
  expect(await isAdmitted({})).toBe(true)
  expect(await isAdmitted({ origin: front.origin })).toBe(true)
  expect(await isAdmitted({ origin: 'http://evil.example' })).toBe(false)
  expect(await isAdmitted({ origin: 'null' })).toBe(false)
  expect(await isAdmitted({ host: 'evil.example' })).toBe(false)
  await sockets.close()
})

test('an upgrade that nobody wants ends', async () => {
  const { front } = await start()
  const socket = connect(Number(new URL(front.origin).port), '127.0.0.1')
  socket.write('GET /chat HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n')
  await new Promise((resolve) => socket.on('close', resolve).resume())
  expect(socket.destroyed).toBe(true)
})

test('scripts in a page run by a nonce that is new each time and that no caller can choose', async () => {
  const { front } = await start()
  front.serve((req, res) => Promise.resolve(void res.end(JSON.stringify([req.headers['x-callwitness-nonce'], req.headers['content-security-policy']]))))
  const ask = async () => {
    const response = await fetch(front.origin, { headers: { 'x-callwitness-nonce': 'mine', 'content-security-policy': "script-src 'nonce-mine'" } })
    const [nonce, policy] = (await response.json()) as [string, string]
    expect(policy).toBe(response.headers.get('content-security-policy'))
    expect(policy).toContain(`'nonce-${nonce}'`)
    return nonce
  }
  expect(new Set([await ask(), await ask(), 'mine']).size).toBe(3)
})
