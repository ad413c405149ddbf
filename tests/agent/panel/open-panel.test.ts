import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { openPanel } from '@/agent/panel/open-panel'

const run = promisify(execFile)

/** Starts an X server on a free display, which it names on descriptor 3. */
async function startDisplay(): Promise<{ server: ChildProcess; display: string }> {
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x800x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] })
  const number = await new Promise<string>((resolve) => server.stdio[3]?.once('data', (bytes: Buffer) => resolve(bytes.toString().trim())))
  return { server, display: `:${number}` }
}

it('opens a small window that stays above the others, and closes it', async () => {
  const profileDir = await mkdtemp(join(tmpdir(), 'callwitness-window-'))
  const pages = createServer((_request, response) => response.setHeader('content-type', 'text/html').end('<title>Callwitness</title>'))
  await new Promise<void>((resolve) => pages.listen(0, '127.0.0.1', resolve))
  const { server, display } = await startDisplay()
  const env = { ...process.env, DISPLAY: display }
  const manager = spawn('openbox', [], { env, stdio: 'ignore' })
  const listWindows = async (): Promise<string> => (await run('wmctrl', ['-l', '-x', '-G'], { env }).catch(() => ({ stdout: '' }))).stdout
  try {
    const window = await openPanel({ url: `http://127.0.0.1:${(pages.address() as AddressInfo).port}/`, profileDir, env, log: () => undefined })
    await expect.poll(listWindows, { timeout: 20_000, interval: 200 }).toContain('callwitness-panel')
    const row = (await listWindows()).split('\n').find((line) => line.includes('callwitness-panel')) ?? ''
    const [id = '', , , , widthPx] = row.split(/\s+/)
    expect(Number(widthPx)).toBeLessThanOrEqual(400)
    await expect.poll(async () => (await run('xprop', ['-id', id, '_NET_WM_STATE'], { env })).stdout, { timeout: 10_000, interval: 200 }).toContain('_NET_WM_STATE_ABOVE')
    window.close()
    await expect.poll(listWindows, { timeout: 10_000, interval: 200 }).not.toContain('callwitness-panel')
  } finally {
    manager.kill()
    server.kill()
    pages.close()
    await rm(profileDir, { recursive: true, force: true, maxRetries: 5 })
  }
}, 60_000)

it('says what to install when there is no browser', async () => {
  await expect(openPanel({ url: 'http://127.0.0.1/', profileDir: tmpdir(), env: { ...process.env, PATH: '/nowhere' }, log: () => undefined })).rejects.toMatchObject({ reason: 'no-browser' })
})
