/**
 * Listens to a sink by another way than the agent: raw samples and the wall clock at which each block arrived. A block can
 * only be late, so the earliest of the seconds around a sample tells its time.
 */
import type { Children, Child } from '../children'
import { findClicks } from '../media-probe'
import { parsePcm, SAMPLE_RATE_HZ } from '../pcm'

const WINDOW_MS = 2_000
const LATENCY_MS = 5

type Block = { endMs: number; arrivedMs: number }

export class SoundTap {
  private readonly pieces: Buffer[] = []
  private readonly blocks: Block[] = []
  private readonly child: Child
  private begin: () => void = () => undefined
  private readonly begun = new Promise<void>((resolve) => (this.begin = resolve))
  private bytes = 0

  constructor(children: Children, source: string, env: NodeJS.ProcessEnv) {
    const args = ['--raw', '--format=s16le', `--rate=${SAMPLE_RATE_HZ}`, '--channels=1', `--latency-msec=${LATENCY_MS}`, '--property=application.name=reference', '-d', source]
    this.child = children.start(`reference tap of ${source}`, 'parec', args, { env, onBytes: (piece) => this.take(piece) })
  }

  /** Resolves when the tap hears: what sounded before is not in it. */
  async hears(): Promise<void> {
    const ended = this.child.ended.then((code) => Promise.reject(new Error(`${this.child.name} ended with exit code ${code}: ${this.child.tail()}`)))
    await Promise.race([this.begun, ended])
  }

  stop(): Promise<void> {
    return this.child.end()
  }

  /** Wall clocks at which clicks passed the sink. */
  clicksWallMs(): number[] {
    return findClicks(parsePcm(Buffer.concat(this.pieces))).map((sample) => this.wallMsOf((sample * 1_000) / SAMPLE_RATE_HZ))
  }

  private take(piece: Buffer): void {
    this.begin()
    this.pieces.push(piece)
    this.bytes += piece.length
    this.blocks.push({ endMs: (this.bytes * 500) / SAMPLE_RATE_HZ, arrivedMs: performance.timeOrigin + performance.now() })
  }

  private wallMsOf(tapMs: number): number {
    const near = this.blocks.filter(({ endMs }) => Math.abs(endMs - tapMs) < WINDOW_MS)
    return tapMs + Math.min(...near.map(({ endMs, arrivedMs }) => arrivedMs - endMs))
  }
}
