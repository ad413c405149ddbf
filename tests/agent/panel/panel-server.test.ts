import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startPanel, type Panel } from '@/agent/panel/panel-server'
import { MemoryRecorder } from './recorder'

let folder: string
let recorder: MemoryRecorder
let panel: Panel
let origin: string

const start = (port = 0): Promise<Panel> => startPanel({ port, controls: recorder, secret: 'panel-secret', pageDir: folder, log: () => undefined })
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'callwitness-panel-'))
  await writeFile(join(folder, 'index.html'), '<p>the panel')
  recorder = new MemoryRecorder()
  panel = await start()
  origin = `http://127.0.0.1:${panel.port}`
})
afterEach(async () => {
  await panel.stop()
  await rm(folder, { recursive: true, force: true })
})

const enter = (url: string): Promise<Response> => fetch(`${origin}/enter`, { method: 'POST', body: JSON.stringify({ key: new URL(url).hash.slice(1) }) })
const getToken = async (): Promise<string> => ((await (await enter(panel.makeEntryUrl())).json()) as { token: string }).token
const command = (token: string, body: unknown): Promise<Response> =>
  fetch(`${origin}/commands`, { method: 'POST', headers: { authorization: `Bearer ${token}` }, body: JSON.stringify(body) })

/** Below `fetch`, which lets nobody choose the Host header. */
const statusWith = (headers: Record<string, string>): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port: panel.port, path: '/', headers }, (response) => resolve(response.resume().statusCode)).on('error', reject).end()
  })

describe('the panel server', () => {
  it('obeys nobody without the token and shows him nothing', async () => {
    expect((await command('wrong', { command: 'start' })).status).toBe(401)
    expect((await fetch(`${origin}/live`)).status).toBe(401)
    expect(recorder.asked).toEqual([])
  })

  it('gives the token for a key once, and keeps it valid when the agent is started again', async () => {
    const url = panel.makeEntryUrl()
    expect((await enter(url)).status).toBe(200)
    expect((await enter(url)).status).toBe(401)
    const token = await getToken()
    const { port } = panel
    await panel.stop()
    panel = await start(port)
    expect((await command(token, { command: 'note', text: ' agreed ' })).status).toBe(204)
    expect(recorder.asked).toEqual(['note agreed'])
  })

  it('serves neither a name that was rebound to loopback nor another site', async () => {
    expect(await statusWith({ host: 'evil.example' })).toBe(421)
    expect(await statusWith({ origin: 'https://evil.example' })).toBe(403)
    expect(await statusWith({})).toBe(200)
  })

  it.each([{ command: 'erase' }, { command: 'pause' }, { command: 'note', text: '  ' }, null])('refuses what is no command: %j', async (body) => {
    expect((await command(await getToken(), body)).status).toBe(400)
    expect(recorder.asked).toEqual([])
  })

  it('stops watching the recorder when the window is closed', async () => {
    const closed = new AbortController()
    await fetch(`${origin}/live`, { headers: { authorization: `Bearer ${await getToken()}` }, signal: closed.signal })
    expect(recorder.watchers).toBe(1)
    closed.abort()
    await expect.poll(() => recorder.watchers).toBe(0)
  })

  it('says what to do when its page is not built or its port is taken', async () => {
    await expect(start(panel.port)).rejects.toMatchObject({ reason: 'port-taken' })
    await rm(join(folder, 'index.html'))
    await expect(start()).rejects.toMatchObject({ reason: 'not-built' })
  })
})
