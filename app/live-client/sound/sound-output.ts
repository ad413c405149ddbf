/**
 * The loudspeaker of the page. States: `starting`, `silent` (the browser wants a press first), `running`, `unable` (no
 * secure context, so neither worklets nor decoders).
 */
import type { AudioTrack } from '@/protocol/tracks'
import { Store } from '../store'
import { type SoundReport, TrackSound } from './track-sound'

export type OutputState = 'starting' | 'silent' | 'running' | 'unable'
const WORKLET_URL = new URL('./jitter-worklet.js', import.meta.url)
const SAMPLE_RATE_HZ = 48_000

export class SoundOutput {
  readonly state = new Store<OutputState>('starting')
  private readonly context: AudioContext | null
  private readonly tracks = new Map<AudioTrack, TrackSound>()
  private readonly volumes = new Map<AudioTrack, number>()
  private isReady = false

  constructor(private readonly onReport: (track: AudioTrack, report: SoundReport) => void) {
    const isAble = typeof AudioContext !== 'undefined' && 'audioWorklet' in AudioContext.prototype && isSecureContext
    this.context = isAble ? new AudioContext({ sampleRate: SAMPLE_RATE_HZ, latencyHint: 0 }) : null
    if (this.context) void this.prepare(this.context)
    else this.state.set('unable')
  }

  /** To be called at a press. */
  async start(): Promise<void> {
    await this.context?.resume()
  }

  /** `null` while nothing could be heard. */
  track(track: AudioTrack): TrackSound | null {
    if (!this.context || this.state.get() !== 'running') return null
    const made = this.tracks.get(track) ?? new TrackSound(this.context, track, (report) => this.onReport(track, report))
    if (!this.tracks.has(track)) {
      this.tracks.set(track, made)
      made.setVolume(this.volumes.get(track) ?? 1)
    }
    return made
  }

  get all(): TrackSound[] {
    return [...this.tracks.values()]
  }

  /** 0 to 1. */
  setVolume(track: AudioTrack, volume: number): void {
    this.volumes.set(track, volume)
    this.tracks.get(track)?.setVolume(volume)
  }

  /** Of the sound card's own time; it stands while the output does not run. */
  get nowS(): number {
    return this.context?.currentTime ?? 0
  }

  /** From here to the ear, as the browser tells. */
  get latencyMs(): number {
    return (this.context?.outputLatency ?? 0) * 1_000
  }

  async dispose(): Promise<void> {
    for (const track of this.tracks.values()) track.dispose()
    await this.context?.close()
  }

  private async prepare(context: AudioContext): Promise<void> {
    await context.audioWorklet.addModule(WORKLET_URL)
    this.isReady = true
    context.onstatechange = () => this.readState(context)
    // Where the browser allows sound without a press it starts at once.
    if (context.state === 'suspended') void context.resume()
    this.readState(context)
  }

  private readState(context: AudioContext): void {
    if (this.isReady && context.state !== 'closed') this.state.set(context.state === 'running' ? 'running' : 'silent')
  }
}
