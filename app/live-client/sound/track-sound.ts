/** One track on its way to the ear: decoder, jitter buffer, volume, place. */
import type { AudioTrack } from '@/protocol/tracks'
import { makePacketDecoder, type PacketDecoder, type SoundBlock } from './packet-decoder'

/** Heard a little to either side, as two people across a table, not one in each ear. */
const PAN: Readonly<Record<AudioTrack, number>> = { technician: -0.25, customer: 0.25, mixed: 0, coach: 0 }
/** A step in volume clicks. */
const RAMP_S = 0.02

/** What the jitter buffer says ten times a second; `atMs` is `null` while nothing is played. */
export type SoundReport = Readonly<{ atMs: number | null; atContextS: number; heldMs: number; marginMs: number; trimmedMs: number; underruns: number; peak: number }>

export class TrackSound {
  private readonly node: AudioWorkletNode
  private readonly gain: GainNode
  private readonly decoder: PacketDecoder

  constructor(private readonly context: AudioContext, track: AudioTrack, onReport: (report: SoundReport) => void) {
    this.node = new AudioWorkletNode(context, 'jitter-buffer', { numberOfInputs: 0, outputChannelCount: [1] })
    this.gain = context.createGain()
    this.node.connect(this.gain).connect(new StereoPannerNode(context, { pan: PAN[track] })).connect(context.destination)
    this.node.port.onmessage = ({ data }: MessageEvent<SoundReport>) => onReport(data)
    this.decoder = makePacketDecoder((block) => this.play(block))
  }

  decode(packet: { atMs: number; bytes: Uint8Array }): void {
    this.decoder.decode(packet)
  }

  play(block: SoundBlock): void {
    this.node.port.postMessage(block, [block.samples.buffer])
  }

  /** Drops all that is under way. */
  restart(isLive: boolean): void {
    this.decoder.reset()
    this.node.port.postMessage({ isLive })
  }

  /** 0 to 1. */
  setVolume(volume: number): void {
    this.gain.gain.setTargetAtTime(volume, this.context.currentTime, RAMP_S)
  }

  dispose(): void {
    this.decoder.close()
    this.node.port.onmessage = null
    this.node.disconnect()
  }
}
