/** The process whose cost `agent-cpu.ts` measures: the driver and our writers, as a call keeps them busy. Says `recording`. */
import { makeLinuxDriver } from '@/agent/capture/linux/driver'
import { ScreenMp4Writer } from '@/agent/capture/mp4-writer'
import { OggOpusWriter } from '@/agent/capture/ogg-writer'
import type { AudioPacket, ScreenFrame } from '@/agent/capture/ports'
import type { AudioTrack } from '@/protocol/tracks'

/** The agent seals chunks of about a second. */
const CHUNK_MS = 1_000

const driver = makeLinuxDriver({ log: console.error })
const delivering = new Set<string>()
const onFault = (fault: unknown): void => console.error(fault)
const sayOnce = (track: string): void => {
  const before = delivering.size
  if (delivering.add(track).size === 3 && before === 2) console.log('recording')
}

function recordAudio(track: AudioTrack, source: Parameters<typeof driver.openAudio>[1]): void {
  const writer = new OggOpusWriter({ serial: 1 })
  let packets: AudioPacket[] = []
  driver.openAudio(track, source, { onItem: (packet) => {
    packets.push(packet)
    sayOnce(track)
  }, onFault })
  setInterval(() => {
    writer.page(packets.map(({ bytes }) => bytes))
    packets = []
  }, CHUNK_MS)
}

async function recordScreen(): Promise<void> {
  let frames: ScreenFrame[] = []
  const { size } = await driver.openScreen({ onItem: (frame) => {
    frames.push(frame)
    sayOnce('screen')
  }, onFault })
  const writer = new ScreenMp4Writer(size)
  setInterval(() => {
    writer.fragment(frames.map((frame) => ({ ...frame, atMs: Math.round(frame.wallMs), durationMs: 200 })))
    frames = []
  }, CHUNK_MS)
}

await driver.watchWindowTitles(() => undefined)
await driver.watchSoftphones({
  onBegan: (call) => recordAudio('customer', { kind: 'program', streamIndex: call.playbackStream }),
  onHold: () => undefined,
  onEnded: () => undefined,
})
recordAudio('technician', { kind: 'microphone', device: null })
await recordScreen()
