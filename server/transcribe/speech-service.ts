/**
 * What the transcriber asks for: packets of a track to samples and speech, samples to words. Calls carry all their state,
 * so that any process can answer any of them.
 */
import { OpusDecoder } from 'opus-decoder'
import { OPUS_PACKET_MS } from '@/protocol/tracks'
import { SPEECH_SAMPLE_RATE_HZ, type SpeechEngine, type SpeechMemory, type TranscribeOptions, type Transcription } from './engine'

const PACKET_SAMPLES = (SPEECH_SAMPLE_RATE_HZ * OPUS_PACKET_MS) / 1_000
/** What an Opus decoder must hear before its output is right: 80 ms (RFC 7845 §4.6). */
const PREROLL_PACKETS = 4

/** Where hearing stands in a track. */
export type HearingMemory = { lastPackets: Uint8Array[]; speech: SpeechMemory }
/** Samples at SPEECH_SAMPLE_RATE_HZ, 20 ms for each packet; probabilities as `SpeechEngine.detectSpeech` gives them. */
export type HeardSound = { samples: Float32Array; probabilities: Float32Array; memory: HearingMemory }

/** Who goes first: transcripts of running calls, then captions of calls that are listened to, then what nobody waits for. */
export const SPEECH_PRIORITIES = ['live', 'captions', 'later'] as const
export type SpeechPriority = (typeof SPEECH_PRIORITIES)[number]

export interface SpeechService {
  /** Goes on hearing a track; `memory` is `null` after a hole. */
  hear(packets: readonly Uint8Array[], memory: HearingMemory | null, priority: SpeechPriority): Promise<HeardSound>
  transcribe(samples: Float32Array, options: TranscribeOptions, priority: SpeechPriority): Promise<Transcription>
  dispose(): Promise<void>
}

/** The service in this process: what a worker runs, and what tests use. */
export class LocalSpeechService implements SpeechService {
  private readonly opus = new OpusDecoder({ channels: 1, sampleRate: SPEECH_SAMPLE_RATE_HZ })
  /** The decoder has one state: one call at a time. */
  private turn: Promise<unknown> = this.opus.ready

  constructor(private readonly engine: SpeechEngine) {}

  hear(packets: readonly Uint8Array[], memory: HearingMemory | null): Promise<HeardSound> {
    const result = this.turn.then(async () => {
      const samples = await this.decode(packets, memory?.lastPackets ?? [])
      const { probabilities, memory: speech } = await this.engine.detectSpeech(samples, memory?.speech ?? null)
      const lastPackets = [...(memory?.lastPackets ?? []), ...packets].slice(-PREROLL_PACKETS)
      return { samples, probabilities, memory: { lastPackets, speech } }
    })
    this.turn = result.catch(() => undefined)
    return result
  }

  transcribe(samples: Float32Array, options: TranscribeOptions): Promise<Transcription> {
    return this.engine.transcribe(samples, options)
  }

  async dispose(): Promise<void> {
    await this.turn
    this.opus.free()
  }

  private async decode(packets: readonly Uint8Array[], before: readonly Uint8Array[]): Promise<Float32Array> {
    // From a fresh state, the same packets give the same samples, bit for bit, whatever was decoded in between.
    await this.opus.reset()
    for (const packet of before) this.opus.decodeFrame(packet)
    const samples = new Float32Array(packets.length * PACKET_SAMPLES)
    packets.forEach((packet, index) => {
      // A packet that cannot be decoded stays silent in its place.
      const sound = this.opus.decodeFrame(packet).channelData[0]
      if (sound) samples.set(sound.subarray(0, PACKET_SAMPLES), index * PACKET_SAMPLES)
    })
    return samples
  }
}
