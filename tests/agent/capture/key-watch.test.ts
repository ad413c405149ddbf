import { execFileSync, spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { checkKey, watchKey } from '@/agent/capture/linux/key-watch'
import type { Capture } from '@/agent/capture/ports'
import { startVirtualDesktop, type VirtualDesktop } from '@/demo/virtual-desktop'
import { endPrograms, until } from './desktop-programs'

let desktop: VirtualDesktop
beforeAll(async () => {
  desktop = await startVirtualDesktop({ widthPx: 640, heightPx: 360 })
})
afterEach(async () => {
  for (const watch of watches.splice(0)) await watch.stop()
  endPrograms()
})
afterAll(() => desktop.stop())

const watches: Capture[] = []
const xdotool = (...args: string[]): void => void execFileSync('xdotool', args, { env: desktop.env })

type Heard = { presses: number; standing: (string | null)[] }
async function watch(key: string, env = desktop.env): Promise<Heard> {
  const heard: Heard = { presses: 0, standing: [] }
  watches.push(watchKey(key, { onPress: () => heard.presses++, onStanding: (problem) => heard.standing.push(problem) }, env))
  await until('it is known how the key stands', () => heard.standing.length > 0)
  return heard
}

it('hears the key while another program has the focus, and that program does not', async () => {
  const other = spawn('xev', ['-name', 'Another program', '-event', 'keyboard'], { env: desktop.env, stdio: ['ignore', 'pipe', 'ignore'] })
  let seen = ''
  other.stdout.on('data', (bytes: Buffer) => (seen += bytes.toString()))
  const heard = await watch('F8')
  expect(heard.standing).toEqual([null])
  xdotool('search', '--sync', '--name', 'Another program', 'windowfocus', '--sync', 'key', 'a')
  await until('the other window has the focus', () => seen.includes('keysym 0x61, a'))
  xdotool('key', 'F8')
  xdotool('key', 'F9')
  await until('the other program gets F9', () => seen.includes('F9'))
  expect(heard.presses).toBe(1)
  expect(seen).not.toContain('F8')
  other.kill('SIGKILL')
})

it('counts a key that is held down once, and hears it under Num Lock and Caps Lock', async () => {
  const heard = await watch('F8')
  xdotool('keydown', 'F8')
  await sleep(1_500)
  xdotool('keyup', 'F8')
  await until('it is heard', () => heard.presses > 0)
  expect(heard.presses).toBe(1)
  for (const lock of ['Num_Lock', 'Caps_Lock']) {
    xdotool('key', lock)
    xdotool('key', 'F8')
    xdotool('key', lock)
  }
  await until('both are heard', () => heard.presses === 3)
})

it('goes on hearing it when the keyboard gets another layout', async () => {
  const heard = await watch('F8')
  for (const layout of ['de', 'us']) execFileSync('setxkbmap', [layout], { env: desktop.env })
  await until('it is ours again', () => heard.standing.length > 1)
  expect(heard.standing.every((problem) => problem === null)).toBe(true)
  xdotool('key', 'F8')
  await until('it is heard', () => heard.presses > 0)
})

it('hears a key with Control only with Control', async () => {
  const heard = await watch('Control+F8')
  xdotool('key', 'F8')
  xdotool('key', 'ctrl+F8')
  await until('it is heard', () => heard.presses > 0)
  await sleep(200)
  expect(heard.presses).toBe(1)
})

it('says that another program has the key, and gives it back when it stops', async () => {
  await watch('F8')
  const second = await watch('F8')
  expect(second.standing).toEqual(['another program has taken the key F8'])
  expect(await checkKey('F8', desktop.env)).toBe('another program has taken the key F8')
  for (const watching of watches.splice(0)) await watching.stop()
  expect(await checkKey('F8', desktop.env)).toBeNull()
})

it('says that a display is not there, and does not fail', async () => {
  const heard = await watch('F8', { ...desktop.env, DISPLAY: ':4242' })
  expect(heard.standing).toEqual([expect.stringContaining('ENOENT')])
})

it('is let in with the cookie of the person, and not without', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'callwitness-cookie-'))
  const [number, file] = [String(randomInt(1_000, 50_000)), join(folder, 'authority')]
  const field = (bytes: Buffer): Buffer => Buffer.concat([Buffer.of(bytes.length >> 8, bytes.length & 255), bytes])
  const entry = (display: string, cookie: Buffer): Buffer => Buffer.concat([Buffer.of(1, 0), ...[Buffer.from('desk'), Buffer.from(display), Buffer.from('MIT-MAGIC-COOKIE-1'), cookie].map(field)])
  await writeFile(file, Buffer.concat([entry('77', Buffer.alloc(16, 1)), entry(number, Buffer.alloc(16, 7))]))
  const display = spawn('setpriv', ['--pdeathsig', 'KILL', 'Xvfb', `:${number}`, '-auth', file, '-displayfd', '3', '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] })
  await once(display.stdio[3]!, 'data')
  const env = { DISPLAY: `:${number}`, HOME: folder }
  expect(await checkKey('F8', env)).toContain('it refused the connection')
  expect(await checkKey('F8', { ...env, XAUTHORITY: file })).toBeNull()
  display.kill('SIGKILL')
  await rm(folder, { recursive: true })
})
