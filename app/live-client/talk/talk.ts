/**
 * Push to talk. States: `idle`, `opening` (the browser may ask for the microphone), `talking`, `refused` (the person or the
 * computer said no), `unable` (this browser cannot). Packets are numbered from 0 in each press. The microphone is let go
 * some seconds after the last press.
 */
import { OPUS_PACKET_MS, OPUS_SAMPLE_RATE_HZ } from '@/protocol/opus'
import { Store } from '../store'

export type TalkState = 'idle' | 'opening' | 'talking' | 'refused' | 'unable'

const WORKLET_URL = new URL('./talk-worklet.js', import.meta.url)
const LET_GO_AFTER_MS = 15_000
const BITS_PER_SECOND = 32_000
const ENCODING: AudioEncoderConfig = {
  codec: 'opus',
  sampleRate: OPUS_SAMPLE_RATE_HZ,
  numberOfChannels: 1,
  bitrate: BITS_PER_SECOND,
  opus: { frameDuration: OPUS_PACKET_MS * 1_000 },
}

export type Microphone = { stream: MediaStream; context: AudioContext; node: AudioWorkletNode }

export const canTalk = (): boolean => 'AudioEncoder' in globalThis && isSecureContext && 'mediaDevices' in navigator

export class Talk {
  readonly state = new Store<TalkState>(canTalk() ? 'idle' : 'unable')
  /** One for all presses until it is let go. */
  private opening: Promise<Microphone> | null = null
  private speaking: { node: AudioWorkletNode; encoder: AudioEncoder } | null = null
  private isHeld = false
  private pressCount = 0
  private letGoTimer: ReturnType<typeof setTimeout> | undefined

  constructor(private readonly onPacket: (number: number, bytes: Uint8Array<ArrayBuffer>) => void, private readonly open = openMicrophone) {}

  async press(): Promise<void> {
    if (this.isHeld || this.state.get() === 'unable') return
    this.isHeld = true
    const count = ++this.pressCount
    clearTimeout(this.letGoTimer)
    if (!this.opening) this.state.set('opening')
    this.opening ??= this.open()
    const microphone = await this.opening.catch((error: unknown) => console.warn('the microphone could not be opened', error))
    // While the browser asked, the button may have been let go, and pressed again: only the latest press goes on.
    if (count !== this.pressCount) return
    if (!microphone) return this.refuse()
    if (this.isHeld) this.begin(microphone)
    else this.rest()
  }

  release(): void {
    if (!this.isHeld) return
    this.isHeld = false
    if (this.state.get() === 'talking') this.rest()
  }

  dispose(): void {
    this.isHeld = false
    this.pressCount += 1
    clearTimeout(this.letGoTimer)
    this.end()
    void this.letGo()
  }

  private begin({ node }: Microphone): void {
    let number = 0
    let atUs = 0
    const encoder = new AudioEncoder({
      output: (chunk) => {
        const bytes = new Uint8Array(chunk.byteLength)
        chunk.copyTo(bytes)
        this.onPacket(number++, bytes)
      },
      error: (error) => {
        console.warn('the voice could not be encoded', error)
        this.end()
        void this.letGo()
        this.state.set('unable')
      },
    })
    encoder.configure(ENCODING)
    this.speaking = { node, encoder }
    node.port.onmessage = ({ data }: MessageEvent<Float32Array<ArrayBuffer>>) => {
      if (encoder.state !== 'configured') return
      const sound = new AudioData({ format: 'f32-planar', sampleRate: OPUS_SAMPLE_RATE_HZ, numberOfFrames: data.length, numberOfChannels: 1, timestamp: atUs, data })
      atUs += OPUS_PACKET_MS * 1_000
      encoder.encode(sound)
      sound.close()
    }
    this.state.set('talking')
  }

  private refuse(): void {
    this.isHeld = false
    this.opening = null
    this.state.set('refused')
  }

  private rest(): void {
    this.end()
    this.state.set('idle')
    this.letGoTimer = setTimeout(() => void this.letGo(), LET_GO_AFTER_MS)
  }

  /** What was said before the button was let go is still sent. */
  private end(): void {
    if (!this.speaking) return
    const { node, encoder } = this.speaking
    this.speaking = null
    node.port.onmessage = null
    if (encoder.state === 'configured') void encoder.flush().finally(() => encoder.state !== 'closed' && encoder.close())
  }

  private async letGo(): Promise<void> {
    const { opening } = this
    this.opening = null
    const microphone = await opening?.catch(() => null) // whoever pressed has been told
    for (const track of microphone?.stream.getTracks() ?? []) track.stop()
    await microphone?.context.close()
  }
}

async function openMicrophone(): Promise<Microphone> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true } })
  const context = new AudioContext({ sampleRate: OPUS_SAMPLE_RATE_HZ, latencyHint: 'interactive' })
  await context.audioWorklet.addModule(WORKLET_URL)
  const node = new AudioWorkletNode(context, 'talk-blocks', { numberOfOutputs: 0 })
  context.createMediaStreamSource(stream).connect(node)
  await context.resume()
  return { stream, context, node }
}
