/** Gathers sound for an encoder: writing every piece as it arrives wakes two processes each time, which costs more than to encode it. */
import type { Writable } from 'node:stream'

/** 60 ms at 48 kHz, mono, 16 bits: as often as the encoder writes. */
const WRITE_BYTES = 60 * 48 * 2

export class EncoderInput {
  private gathered: Buffer[] = []
  private gatheredBytes = 0

  constructor(private readonly stdin: Writable) {}

  /** Holds less than 60 ms back. The encoder is watched and ended when it does not keep up, so nothing piles up behind it. */
  add(pcm: Buffer): void {
    this.gathered.push(pcm)
    this.gatheredBytes += pcm.length
    if (this.gatheredBytes >= WRITE_BYTES) this.flush()
  }

  /** To be called where nothing may follow. */
  flush(): void {
    if (this.gatheredBytes === 0) return
    this.stdin.write(Buffer.concat(this.gathered))
    this.gathered = []
    this.gatheredBytes = 0
  }
}
