import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makeLinuxDriver } from '@/agent/capture/linux/driver'
import type { AudioSource, Capture } from '@/agent/capture/ports'
import { toneDb } from '@/demo/media-probe'
import { startVirtualDesktop, type VirtualDesktop } from '@/demo/virtual-desktop'
import { decodePackets, endPrograms, holdSoftphones, LINPHONE, makeRecorded, pactl, playbackIndex, startSoftphone, until, type Recorded } from './desktop-programs'

/** A fault must be known within this time. */
const FAULT_LIMIT_MS = 1_300

let desktop: VirtualDesktop
let captures: Capture[]
beforeEach(async () => {
  desktop = await startVirtualDesktop({ widthPx: 640, heightPx: 360 })
  captures = []
})
afterEach(async () => {
  await Promise.all(captures.map((capture) => capture.stop()))
  endPrograms()
  await desktop.stop()
})

async function record(source: AudioSource): Promise<Recorded> {
  const recorded = makeRecorded()
  captures.push(makeLinuxDriver({ env: desktop.env, log: () => undefined }).openAudio('technician', source, recorded.listener))
  await until('packets come', () => recorded.packets.length > 20)
  return recorded
}

describe('a microphone', () => {
  it('says that the sound server is lost, and records again when there is one', async () => {
    const recorded = await record({ kind: 'microphone', device: null })
    process.kill(desktop.pids.soundServer, 'SIGKILL')
    await until('the fault is told', () => recorded.faults.length > 0, FAULT_LIMIT_MS)
    const heard = recorded.packets.length
    await desktop.restartSoundServer()
    await until('packets come again', () => recorded.packets.length > heard + 20)
    expect(recorded.faults.map(({ cause }) => cause)).toEqual(['sound-server-lost'])
  })

  it('says that it stalls when the sound server hangs, and records again when it does not', async () => {
    const recorded = await record({ kind: 'microphone', device: null })
    process.kill(desktop.pids.soundServer, 'SIGSTOP')
    await until('the fault is told', () => recorded.faults.length > 0, FAULT_LIMIT_MS)
    const heard = recorded.packets.length
    expect(recorded.faults[0]?.cause).toBe('capture-stalled')
    process.kill(desktop.pids.soundServer, 'SIGCONT')
    await until('packets come again', () => recorded.packets.length > heard + 20)
  })

  it('says that it was unplugged, and records again when it is plugged in', async () => {
    const plugIn = () => pactl(desktop, 'load-module', 'module-remap-source', 'master=microphone.monitor', 'source_name=usb').trim()
    const module = plugIn()
    const recorded = await record({ kind: 'microphone', device: 'usb' })
    pactl(desktop, 'unload-module', module)
    await until('the fault is told', () => recorded.faults.length > 0, FAULT_LIMIT_MS)
    const heard = recorded.packets.length
    await sleep(500)
    expect(recorded.packets.length).toBe(heard)
    expect(recorded.faults.map(({ cause }) => cause)).toEqual(['device-unplugged'])
    plugIn()
    await until('packets come again', () => recorded.packets.length > heard + 20)
  })

  it('ends its children when it is stopped while the sound server hangs', async () => {
    await record({ kind: 'microphone', device: null })
    process.kill(desktop.pids.soundServer, 'SIGSTOP')
    const beganMs = performance.now()
    await captures[0]!.stop()
    expect(performance.now() - beganMs).toBeLessThan(1_000)
  })
})

describe('a program on hold', () => {
  it('is silence that tiles the time, and its sound again afterwards', async () => {
    startSoftphone(desktop, { hz: 500, properties: LINPHONE })
    await sleep(500)
    const recorded = await record({ kind: 'program', streamIndex: playbackIndex(desktop, 'Linphone') })
    await sleep(500)
    const hold = holdSoftphones(desktop)
    await sleep(2_000)
    const inHold = recorded.packets.length
    hold.end()
    await until('sound comes again', () => recorded.packets.length > inHold + 150)
    expect(recorded.faults).toEqual([])
    const steps = recorded.packets.slice(1).map((packet, index) => packet.wallMs - recorded.packets[index]!.wallMs)
    expect(Math.max(...steps)).toBeLessThan(60)
    expect(Math.min(...steps)).toBeGreaterThan(-20)
    const coveredMs = recorded.packets.length * 20
    const spanMs = recorded.packets.at(-1)!.wallMs + 20 - recorded.packets[0]!.wallMs
    expect(Math.abs(coveredMs - spanMs)).toBeLessThan(40)
    const sound = decodePackets(recorded.packets)
    const middleOfHold = (inHold - 40) * 960
    expect(toneDb(sound.subarray(middleOfHold, middleOfHold + 24_000), 500)).toBeLessThan(-60)
    expect(toneDb(sound.subarray(-24_000), 500)).toBeGreaterThan(-20)
  })
})
