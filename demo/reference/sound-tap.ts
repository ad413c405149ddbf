/**
 * Listens to a sink by another way than the agent: raw samples and the wall clock at which each block arrived. A block can
 * only be late, so the earliest of the seconds around a sample tells its time.
 */
import { parsePcm, SAMPLE_RATE_HZ } from '../pcm'
import { spawn } from 'node:child_process'

const WINDOW_MS = 2_000
const LATENCY_MS = 5

type Block = { endSample: number; arrivedMs: number }

export class SoundTap {
  private readonly pieces: Buffer[] = []
  private readonly blocks: Block[] = []
  private bytes = 0
  private readonly process

  constructor(source: string, env: NodeJS.ProcessEnv) {
    const args = ['--raw', '--format=s16le', `--rate=${SAMPLE_RATE_HZ}`, '--channels=1', `--latency-msec=${LATENCY_MS}`, '--property=application.name=reference', '-d', source]
    this.process = spawn('setpriv', ['--pdeathsig', 'TERM', 'parec', ...args], { env, stdio: ['ignore', 'pipe', 'ignore'] })
    this.process.stdout.on('data', (piece: Buffer) => {
      this.pieces.push(piece)
      this.bytes += piece.length
      this.blocks.push({ endSample: this.bytes / 2, arrivedMs: performance.timeOrigin + performance.now() })
    })
  }

  async stop(): Promise<void> {
    const ended = new Promise<void>((resolve) => this.process.once('close', () => resolve()))
    this.process.kill()
    await ended
  }

  samples(): Int16Array {
    return parsePcm(Buffer.concat(this.pieces))
  }

  wallMsOf(sample: number): number {
    const sampleMs = (sample * 1_000) / SAMPLE_RATE_HZ
    const offsets = this.blocks
      .filter(({ endSample }) => Math.abs((endSample * 1_000) / SAMPLE_RATE_HZ - sampleMs) < WINDOW_MS)
      .map(({ endSample, arrivedMs }) => arrivedMs - (endSample * 1_000) / SAMPLE_RATE_HZ)
    return Math.min(...offsets) + sampleMs
  }
}
