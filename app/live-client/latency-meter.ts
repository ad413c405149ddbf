/** How late sound and screen are, as measured; told once a second. */
import { Store } from './store'

/** From the capture on the technician's computer to here; `null` while nothing is played. */
export type Latency = Readonly<{ soundMs: number | null; screenMs: number | null }>

const NOTHING: Latency = { soundMs: null, screenMs: null }

export class LatencyMeter {
  readonly latency = new Store<Latency>(NOTHING)
  private soundsMs: number[] = []

  addSound(ms: number): void {
    this.soundsMs.push(ms)
  }

  /** Frames come seldom: each is told at once. */
  addScreen(ms: number): void {
    this.change({ screenMs: Math.round(ms) })
  }

  /** The median of the sound since the last time. */
  tell(): void {
    const sorted = this.soundsMs.sort((a, b) => a - b)
    this.soundsMs = []
    this.change({ soundMs: sorted.length > 0 ? Math.round(sorted[Math.floor(sorted.length / 2)]!) : null })
  }

  forget(): void {
    this.soundsMs = []
    this.latency.set(NOTHING)
  }

  private change(part: Partial<Latency>): void {
    this.latency.update((before) => {
      const next = { ...before, ...part }
      return next.soundMs === before.soundMs && next.screenMs === before.screenMs ? before : next
    })
  }
}
