import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { makeLinuxDriver } from '@/agent/capture/linux/driver'
import { startVirtualDesktop, type VirtualDesktop } from '@/demo/virtual-desktop'
import { decodePackets, endPrograms, LINPHONE, makeRecorded, pactl, playbackIndex, playTone, recordFor, startSoftphone, until } from './desktop-programs'
import { toneDb } from '@/demo/media-probe'

let desktop: VirtualDesktop
beforeAll(async () => {
  desktop = await startVirtualDesktop({ widthPx: 640, heightPx: 360 })
})
afterEach(endPrograms)
afterAll(() => desktop.stop())

const makeDriver = () => makeLinuxDriver({ env: desktop.env, log: () => undefined })

describe('the microphone', () => {
  it('comes in packets of 20 ms that tile the time and decode to what was said', async () => {
    playTone(desktop, desktop.sinks.microphone, 700)
    const { packets, faults } = await recordFor(2_500, (listener) => makeDriver().openAudio('technician', { kind: 'microphone', device: null }, listener))
    expect(faults).toEqual([])
    expect(packets.length).toBeGreaterThan(80)
    // ffmpeg steadies its clock during the first packets.
    const steady = packets.slice(12)
    const steps = steady.slice(1).map((packet, index) => packet.wallMs - steady[index]!.wallMs)
    expect(steps.every((step) => Math.abs(step - 20) < 5)).toBe(true)
    const sound = decodePackets(packets)
    expect(sound.length).toBe(packets.length * 960 - 312)
    expect(toneDb(sound.subarray(-48_000), 700)).toBeGreaterThan(-20)
  })

  it('is a fault when it is not there, and nothing else is recorded in its place', async () => {
    playTone(desktop, desktop.sinks.microphone, 700)
    const { packets, faults } = await recordFor(900, (listener) => makeDriver().openAudio('technician', { kind: 'microphone', device: 'no-such-microphone' }, listener))
    expect(packets).toEqual([])
    expect(faults.map(({ cause }) => cause)).toEqual(['device-unplugged'])
    expect(faults[0]?.detail).toContain('headset-microphone')
  })
})

describe("one program's sound", () => {
  it('is recorded without what other programs play', async () => {
    startSoftphone(desktop, { hz: 500, properties: LINPHONE })
    playTone(desktop, desktop.sinks.headset, 1_500)
    await sleep(500)
    const streamIndex = playbackIndex(desktop, 'Linphone')
    const { packets, faults } = await recordFor(2_500, (listener) => makeDriver().openAudio('customer', { kind: 'program', streamIndex }, listener))
    expect(faults).toEqual([])
    const sound = decodePackets(packets).subarray(-48_000)
    expect(toneDb(sound, 500)).toBeGreaterThan(-20)
    expect(toneDb(sound, 1_500)).toBeLessThan(-60)
  })

  it('is a fault when the program ends it, and goes on when the program plays again', async () => {
    const recorded = makeRecorded()
    const phone = startSoftphone(desktop, { hz: 500, properties: LINPHONE })
    await sleep(500)
    const capture = makeDriver().openAudio('customer', { kind: 'program', streamIndex: playbackIndex(desktop, 'Linphone') }, recorded.listener)
    await until('packets come', () => recorded.packets.length > 20)
    phone.end()
    playTone(desktop, desktop.sinks.headset, 1_500)
    playTone(desktop, desktop.sinks.microphone, 700)
    await until('the fault is told', () => recorded.faults.length > 0, 1_000)
    expect(recorded.faults[0]?.cause).toBe('capture-stopped')
    expect(recorded.faults[0]?.detail).toContain('Linphone')
    await sleep(600)
    const heard = recorded.packets.length
    await sleep(400)
    expect(recorded.packets.length).toBe(heard)
    startSoftphone(desktop, { hz: 500, properties: LINPHONE })
    await until('packets come again', () => recorded.packets.length > heard + 50)
    await capture.stop()
    const sound = decodePackets(recorded.packets)
    expect(toneDb(sound, 700)).toBeLessThan(-60)
    expect(toneDb(sound, 1_500)).toBeLessThan(-60)
  })
})

describe('everything that a speaker plays', () => {
  it('is never replaced by the microphone when the speaker goes away', async () => {
    const recorded = makeRecorded()
    const module = pactl(desktop, 'load-module', 'module-null-sink', 'sink_name=usb', 'rate=48000').trim()
    playTone(desktop, desktop.sinks.microphone, 700)
    playTone(desktop, 'usb', 500)
    const capture = makeDriver().openAudio('customer', { kind: 'speaker', device: 'usb' }, recorded.listener)
    await until('packets come', () => recorded.packets.length > 50)
    pactl(desktop, 'unload-module', module)
    await until('the fault is told', () => recorded.faults.length > 0, 1_000)
    await sleep(800)
    await capture.stop()
    expect(recorded.faults.map(({ cause }) => cause)).toEqual(['device-unplugged'])
    const sound = decodePackets(recorded.packets)
    expect(toneDb(sound.subarray(-24_000), 500)).toBeGreaterThan(-20)
    for (let offset = 0; offset + 4_800 <= sound.length; offset += 4_800) expect(toneDb(sound.subarray(offset, offset + 4_800), 700)).toBeLessThan(-35)
  })
})
