/** Opus packets to sound: by the browser's own decoder, or where it has none by one that is fetched. */

export type SoundBlock = { atMs: number; samples: Float32Array<ArrayBuffer> }
type Packet = Readonly<{ atMs: number; bytes: Uint8Array }>

export interface PacketDecoder {
  /** The block comes by the callback that the decoder was made with, in order. */
  decode(packet: Packet): void
  /** What comes next does not follow on what came last. */
  reset(): void
  close(): void
}

export const hasAudioDecoder = (): boolean => 'AudioDecoder' in globalThis

export const makePacketDecoder = (onBlock: (block: SoundBlock) => void): PacketDecoder => (hasAudioDecoder() ? new BrowserDecoder(onBlock) : new FetchedDecoder(onBlock))

const CONFIG: AudioDecoderConfig = { codec: 'opus', sampleRate: 48_000, numberOfChannels: 1 }

class BrowserDecoder implements PacketDecoder {
  private decoder: AudioDecoder

  constructor(private readonly onBlock: (block: SoundBlock) => void) {
    this.decoder = this.start()
  }

  decode({ atMs, bytes }: Packet): void {
    this.decoder.decode(new EncodedAudioChunk({ type: 'key', timestamp: Math.round(atMs * 1_000), data: bytes }))
  }

  reset(): void {
    this.decoder.reset()
    this.decoder.configure(CONFIG)
  }

  close(): void {
    if (this.decoder.state !== 'closed') this.decoder.close()
  }

  private start(): AudioDecoder {
    const decoder = new AudioDecoder({
      output: (sound) => {
        const samples = new Float32Array(sound.numberOfFrames)
        sound.copyTo(samples, { planeIndex: 0, format: 'f32-planar' })
        this.onBlock({ atMs: sound.timestamp / 1_000, samples })
        sound.close()
      },
      // A decoder that met bytes it cannot read is closed by the browser; the next packet gets a new one.
      error: (error) => {
        console.warn('a packet of sound could not be decoded', error)
        this.decoder = this.start()
      },
    })
    decoder.configure(CONFIG)
    return decoder
  }
}

/** Decodes in the page itself: a packet takes it about a tenth of a millisecond. */
class FetchedDecoder implements PacketDecoder {
  private decoder: { decodeFrame(bytes: Uint8Array): { channelData: Float32Array[] }; reset(): Promise<void>; free(): void } | null = null
  private isClosed = false

  constructor(private readonly onBlock: (block: SoundBlock) => void) {
    void this.load()
  }

  /** What comes before the decoder has been fetched is past by then. */
  decode({ atMs, bytes }: Packet): void {
    const samples = this.decoder?.decodeFrame(bytes).channelData[0]
    if (samples && samples.length > 0) this.onBlock({ atMs, samples: new Float32Array(samples) })
  }

  /** Opus finds its way within some packets; resetting this one would take longer. */
  reset(): void {}

  close(): void {
    this.isClosed = true
    this.decoder?.free()
    this.decoder = null
  }

  private async load(): Promise<void> {
    const { OpusDecoder } = await import('opus-decoder')
    const decoder = new OpusDecoder({ channels: 1, streamCount: 1, coupledStreamCount: 0, channelMappingTable: [0] })
    await decoder.ready
    if (this.isClosed) decoder.free()
    else this.decoder = decoder
  }
}
