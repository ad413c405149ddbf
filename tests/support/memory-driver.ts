/** A desktop in memory: sound and screen that come by a fake clock, and everything that can go wrong with them. */
import type {
  AudioPacket, AudioSource, Capture, CaptureDriver, CaptureListener, KeyListener, Requirement, ScreenCapture, ScreenFrame, ScreenSize, SoftphoneCall, SoftphoneListener, SoundDevice, VoicePlayback,
} from '@/agent/capture/ports'
import type { GapCause } from '@/protocol/entries'
import { OPUS_SILENCE, type AudioTrack, type Track } from '@/protocol/tracks'
import type { FakeClock } from './fake-clock'

const PACKET_MS = 20
const LATENCY_MS = 40
const HEARTBEAT_MS = 5_200

export const SOFTPHONE: SoftphoneCall = { application: 'Softphone', playbackStream: 7, microphoneStream: 8, microphoneDevice: 'headset' }

type Running<Item> = { listener: CaptureListener<Item>; isBroken: boolean; callOff: () => void }

export class MemoryDriver implements CaptureDriver {
  screenSize: ScreenSize = { widthPx: 640, heightPx: 480 }
  /** Set to let opening the screen fail. */
  screenProblem: string | null = null
  /** Set to let the screen ignore that it is to stop. */
  isScreenStuck = false
  /** How much later than at once a track begins to deliver. */
  readonly delaysMs: Partial<Record<Track, number>> = {}
  /** How fast this sound card runs: 1.0005 is 500 ppm too fast. */
  soundCardSpeed = 1
  readonly openedAudio: { track: AudioTrack; source: AudioSource }[] = []
  /** What was played into the technician's ear, each stretch with where and how it ended. */
  readonly voices: { beside: SoftphoneCall | null; samples: number; end: 'finished' | 'cut' | null; fail: (why: string) => void }[] = []
  private keys: KeyListener | null = null
  private softphones: SoftphoneListener | null = null
  private readonly running = new Map<Track, Running<AudioPacket> | Running<ScreenFrame>>()

  constructor(private readonly clock: FakeClock) {}

  checkRequirements = (): Promise<Requirement[]> => Promise.resolve([])
  checkDisplay = (): Promise<Requirement> => Promise.resolve({ name: 'display', isMet: true, found: 'in memory', remedy: null })
  listDevices = (): Promise<SoundDevice[]> => Promise.resolve([])
  playTone = (): Promise<void> => Promise.resolve()

  deliverEvery(): () => void {
    return () => undefined
  }

  openVoice = (beside: SoftphoneCall | null, fail: (why: string) => void): VoicePlayback => {
    const voice: MemoryDriver['voices'][number] = { beside, samples: 0, end: null, fail }
    this.voices.push(voice)
    const end = (how: 'finished' | 'cut') => (): Promise<void> => {
      voice.end = how
      return Promise.resolve()
    }
    return { play: (samples) => void (voice.samples += samples.length), finish: end('finished'), cut: end('cut') }
  }

  openAudio(track: AudioTrack, source: AudioSource, listener: CaptureListener<AudioPacket>): Capture {
    this.openedAudio.push({ track, source })
    const running: Running<AudioPacket> = { listener, isBroken: false, callOff: () => undefined }
    this.running.set(track, running)
    running.callOff = this.clock.after(this.delaysMs[track] ?? 0, () => {
      running.callOff = this.clock.every(PACKET_MS / this.soundCardSpeed, () => {
        if (!running.isBroken) listener.onItem({ bytes: OPUS_SILENCE.slice(), wallMs: this.clock.wallMs() - PACKET_MS - LATENCY_MS })
      })
    })
    return this.captureOf(track, running)
  }

  openScreen(listener: CaptureListener<ScreenFrame>): Promise<ScreenCapture> {
    if (this.screenProblem) return Promise.reject(new Error(this.screenProblem))
    const running: Running<ScreenFrame> = { listener, isBroken: false, callOff: () => undefined }
    this.running.set('screen', running)
    const frame = (isKey: boolean): void => {
      if (!running.isBroken) listener.onItem({ bytes: Uint8Array.of(1, 2, 3), wallMs: this.clock.wallMs() - LATENCY_MS, isKey })
    }
    running.callOff = this.clock.after((this.delaysMs.screen ?? 0) + LATENCY_MS, () => {
      frame(true)
      running.callOff = this.clock.every(HEARTBEAT_MS, () => frame(false))
    })
    return Promise.resolve({ size: this.screenSize, ...this.captureOf('screen', running) })
  }

  watchSoftphones(listener: SoftphoneListener): Promise<Capture> {
    this.softphones = listener
    return Promise.resolve({ stop: () => Promise.resolve() })
  }

  watchKey(_key: string, listener: KeyListener): Capture {
    this.keys = listener
    listener.onStanding(null)
    return { stop: () => Promise.resolve() }
  }

  checkKey = (key: string): Promise<Requirement> => Promise.resolve({ name: 'pause key', isMet: true, found: key, remedy: null })

  watchWindowTitles = (): Promise<Capture> => Promise.resolve({ stop: () => Promise.resolve() })

  pressKey(): void {
    this.keys?.onPress()
  }

  /** Somebody else has the key, or gives it back (`null`). */
  takeKeyAway(problem: string | null): void {
    this.keys?.onStanding(problem)
  }

  isCapturing(track: Track): boolean {
    return this.running.has(track)
  }

  /** The track delivers nothing from now on, and says so. */
  break(track: Track, cause: GapCause): void {
    const running = this.running.get(track)
    if (!running) throw new Error(`${track} is not captured`)
    running.isBroken = true
    running.listener.onFault({ cause, detail: 'as the test wants it' })
  }

  /** The track delivers nothing from now on, and nobody is told. */
  fallSilent(track: Track): void {
    const running = this.running.get(track)
    if (running) running.isBroken = true
  }

  mend(track: Track): void {
    const running = this.running.get(track)
    if (running) running.isBroken = false
  }

  /** Everything is gone at once, as when the agent's process dies. */
  die(): void {
    for (const { callOff } of this.running.values()) callOff()
    this.running.clear()
  }

  begin(call = SOFTPHONE): void {
    this.softphones?.onBegan(call)
  }

  end(call = SOFTPHONE): void {
    this.softphones?.onEnded(call)
  }

  private captureOf(track: Track, running: { callOff: () => void }): Capture {
    return {
      stop: () => {
        if (track === 'screen' && this.isScreenStuck) return new Promise(() => undefined)
        running.callOff()
        this.running.delete(track)
        return Promise.resolve()
      },
    }
  }
}
