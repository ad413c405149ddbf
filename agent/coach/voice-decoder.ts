/** A coach's packets to samples: only what is sound of 20 ms, because that is how long the file takes each to be. */
import { OpusDecoder } from 'opus-decoder'
import { OPUS_PACKET_MS, OPUS_SAMPLE_RATE_HZ } from '@/protocol/tracks'

const PACKET_SAMPLES = (OPUS_SAMPLE_RATE_HZ * OPUS_PACKET_MS) / 1_000

export class VoiceDecoder {
  private constructor(private readonly decoder: OpusDecoder<typeof OPUS_SAMPLE_RATE_HZ>) {}

  static async make(): Promise<VoiceDecoder> {
    const decoder = new OpusDecoder({ channels: 1, sampleRate: OPUS_SAMPLE_RATE_HZ })
    await decoder.ready
    return new VoiceDecoder(decoder)
  }

  /** Mono at 48 kHz; `null` when it is no such packet. */
  decode(packet: Uint8Array): Float32Array | null {
    const samples = packet.length > 0 ? this.decoder.decodeFrame(packet).channelData[0] : undefined
    return samples?.length === PACKET_SAMPLES ? samples : null
  }

  dispose(): void {
    this.decoder.free()
  }
}
