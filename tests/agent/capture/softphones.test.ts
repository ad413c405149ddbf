import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { makeLinuxDriver } from '@/agent/capture/linux/driver'
import type { Capture, SoftphoneCall } from '@/agent/capture/ports'
import { startVirtualDesktop, type VirtualDesktop } from '@/demo/virtual-desktop'
import { CHROMIUM, CHROMIUM_MICROPHONE, endPrograms, holdSoftphones, LINPHONE, playbackIndex, playTone, startSoftphone, until } from './desktop-programs'

/** From a program's start to the call being noticed. */
const DETECTION_LIMIT_MS = 900

let desktop: VirtualDesktop
let watch: Capture
let told: { what: string; call: SoftphoneCall }[]
beforeAll(async () => {
  desktop = await startVirtualDesktop({ widthPx: 640, heightPx: 360 })
  watch = await makeLinuxDriver({ env: desktop.env, log: () => undefined }).watchSoftphones({
    onBegan: (call) => told.push({ what: 'began', call }),
    onHold: (call, isHeld) => told.push({ what: isHeld ? 'held' : 'resumed', call }),
    onEnded: (call) => told.push({ what: 'ended', call }),
  })
  told = []
})
afterEach(async () => {
  endPrograms()
  await sleep(1_500)
  told = []
})
afterAll(async () => {
  await watch.stop()
  await desktop.stop()
})
const whats = (): string[] => told.map(({ what }) => what)

describe('a call', () => {
  it.each([
    ['Linphone', LINPHONE, LINPHONE],
    ['Chromium', CHROMIUM, CHROMIUM_MICROPHONE],
  ])('of %s is noticed and its end too', async (application, properties, microphoneProperties) => {
    const phone = startSoftphone(desktop, { hz: 500, properties, microphoneProperties })
    await until('the call is noticed', () => told.length > 0, DETECTION_LIMIT_MS)
    expect(told[0]).toMatchObject({ what: 'began', call: { application, playbackStream: playbackIndex(desktop, application), microphoneDevice: desktop.microphoneSource } })
    phone.end()
    await until('the end is noticed', () => whats().includes('ended'), 2_000)
    expect(whats()).toEqual(['began', 'ended'])
  })

  it('on hold is told and goes on', async () => {
    startSoftphone(desktop, { hz: 500, properties: LINPHONE })
    await until('the call is noticed', () => told.length > 0)
    const hold = holdSoftphones(desktop)
    await until('the hold is told', () => whats().includes('held'), 2_000)
    hold.end()
    await until('its end is told', () => whats().includes('resumed'), 2_000)
    expect(whats()).toEqual(['began', 'held', 'resumed'])
  })

  it('is not music, nor our own recording of it', async () => {
    playTone(desktop, desktop.sinks.headset, 500, ['application.name=Player'])
    await sleep(300)
    const driver = makeLinuxDriver({ env: desktop.env, log: () => undefined })
    const ignore = { onItem: () => undefined, onFault: () => undefined }
    const captures = [
      driver.openAudio('technician', { kind: 'microphone', device: null }, ignore),
      driver.openAudio('customer', { kind: 'program', streamIndex: playbackIndex(desktop, 'Player') }, ignore),
    ]
    await sleep(1_200)
    await Promise.all(captures.map((capture) => capture.stop()))
    expect(told).toEqual([])
  })
})
