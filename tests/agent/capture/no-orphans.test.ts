import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { makeLinuxDriver } from '@/agent/capture/linux/driver'
import { startVirtualDesktop, type VirtualDesktop } from '@/demo/virtual-desktop'
import { endPrograms, LINPHONE, playbackIndex, startProgram, startSoftphone, until } from './desktop-programs'

let desktop: VirtualDesktop
beforeAll(async () => {
  desktop = await startVirtualDesktop({ widthPx: 640, heightPx: 360 })
})
afterEach(endPrograms)
afterAll(() => desktop.stop())

/** Command lines of the driver's kind of programs that run on this desktop. */
function recorders(): string[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((pid) => {
    try {
      const isOnDesktop = readFileSync(`/proc/${pid}/environ`, 'latin1').includes(`XDG_RUNTIME_DIR=${desktop.env.XDG_RUNTIME_DIR}`)
      const command = readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' ')
      return isOnDesktop && /^(setpriv|ffmpeg|pactl|xprop)|--monitor-stream/.test(command) && !/keep-awake|pulseaudio|Xvfb/.test(command) ? [command] : []
    } catch {
      // It ended while we looked.
      return []
    }
  })
}

it('kill -9 of the agent leaves no child, not even when the sound server hangs', async () => {
  startSoftphone(desktop, { hz: 500, properties: LINPHONE })
  startProgram(desktop, 'openbox', [])
  const agent = spawn(process.execPath, ['--import', 'tsx', 'tests/agent/capture/recording-process.ts'], { env: desktop.env, stdio: ['ignore', 'pipe', 'inherit'] })
  await once(agent.stdout, 'data')
  expect(recorders().length).toBeGreaterThanOrEqual(5)
  process.kill(desktop.pids.soundServer, 'SIGSTOP')
  agent.kill('SIGKILL')
  await until('they are gone', () => recorders().length === 0, 2_000)
  process.kill(desktop.pids.soundServer, 'SIGCONT')
})

it('stop leaves no child', async () => {
  startSoftphone(desktop, { hz: 500, properties: LINPHONE })
  const driver = makeLinuxDriver({ env: desktop.env, log: () => undefined })
  const ignore = { onItem: () => undefined, onFault: () => undefined }
  const watch = await driver.watchSoftphones({ onBegan: () => undefined, onHold: () => undefined, onEnded: () => undefined })
  await sleep(500)
  const captures = [
    watch,
    await driver.watchWindowTitles(() => undefined),
    driver.openAudio('technician', { kind: 'microphone', device: null }, ignore),
    driver.openAudio('customer', { kind: 'program', streamIndex: playbackIndex(desktop, 'Linphone') }, ignore),
    await driver.openScreen(ignore),
  ]
  await Promise.all(captures.map((capture) => capture.stop()))
  await Promise.all(captures.map((capture) => capture.stop()))
  expect(recorders()).toEqual([])
})
