/** Plays what was kept of a call, from a position on and at its own pace; the tracks stay together by the sound card's clock. */
import type { LiveWindow } from '@/protocol/live-window'
import { OPUS_PACKET_MS, OPUS_SILENCE } from '@/protocol/opus'
import type { AudioTrack } from '@/protocol/tracks'
import type { ScreenOutput } from './screen/screen-output'
import type { SoundOutput } from './sound/sound-output'

/** A hidden page's timers may run once a second only. */
const LOOKAHEAD_MS = 1_500

export type Kept = Readonly<{ window: LiveWindow; sound: SoundOutput; screen: ScreenOutput; tracks: readonly AudioTrack[] }>

export class BackPlayer {
  /** The last frame that was shown. */
  seenMs = -Infinity
  private readonly sinceS: number
  private readonly fedMs = new Map<AudioTrack, number>()

  constructor(private readonly kept: Kept, private readonly fromMs: number) {
    this.sinceS = kept.sound.nowS
    for (const track of kept.tracks) {
      kept.sound.track(track)?.restart(false)
      this.fedMs.set(track, fromMs - OPUS_PACKET_MS)
    }
    kept.screen.restart()
  }

  get atMs(): number {
    return this.fromMs + (this.kept.sound.nowS - this.sinceS) * 1_000
  }

  /** To be called several times a second. */
  feed(): void {
    const { atMs } = this
    for (const track of this.kept.tracks) this.feedTrack(track, atMs + LOOKAHEAD_MS)
    this.showAt(atMs)
  }

  /** Holes are filled with silence. */
  private feedTrack(track: AudioTrack, untilMs: number): void {
    const { window, sound, tracks } = this.kept
    const output = sound.track(track)
    let atMs = this.fedMs.get(track)!
    if (!output) return
    const fill = (toMs: number): void => {
      for (; toMs - atMs > 1.5 * OPUS_PACKET_MS; atMs += OPUS_PACKET_MS) output.decode({ atMs: atMs + OPUS_PACKET_MS, bytes: OPUS_SILENCE })
    }
    for (const item of window.between(track, atMs, untilMs)) {
      fill(item.atMs)
      output.decode(item)
      atMs = item.atMs
    }
    const heldUntilMs = Math.max(...tracks.map((held) => window.positions[held] ?? -Infinity))
    fill(Math.min(untilMs, heldUntilMs))
    this.fedMs.set(track, atMs)
  }

  private showAt(atMs: number): void {
    const frames = this.kept.window.between('screen', this.seenMs, atMs)
    const first = this.seenMs === -Infinity ? frames.findLastIndex(({ isKey }) => isKey) : 0
    if (first < 0 || frames.length === 0) return
    this.kept.screen.decode(frames.slice(first))
    this.seenMs = frames.at(-1)!.atMs
  }
}
