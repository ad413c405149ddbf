/**
 * When each packet of a coach's voice is heard. Pure: numbers and positions in, positions out.
 *
 * The first packet of a press waits BUFFER_MS, so that the next ones may come late. What is missing is silence. When the
 * buffer has run dry the voice goes on that much later, and what would then be heard later than MAX_DELAY_MS is left out:
 * a coach who speaks of what was said a second ago misleads. A number 0 begins anew where the voice stands.
 */
import { OPUS_PACKET_MS } from '@/protocol/tracks'

export const BUFFER_MS = 60
const MAX_DELAY_MS = 240
/** A loss is never made up for so far that it could not be told any more. */
const LEAST_SILENCE_OF_LOSS_MS = 2 * OPUS_PACKET_MS

/** `silenceMs` is heard before the packet, on top of the silence of a buffer that has run dry. `isBehindLoss`: the packet before it is missing. */
export type Placed = { atMs: number; silenceMs: number; isBehindLoss: boolean }

export class PlayOut {
  private heard: { untilMs: number; nextNumber: number } | null = null

  /** `null`: too late to be heard. `nowMs` is where the call stands. */
  place(number: number, nowMs: number): Placed | null {
    const untilMs = this.heard?.untilMs ?? -Infinity
    const missing = number === 0 || !this.heard ? 0 : number - this.heard.nextNumber
    if (missing < 0) return null
    const wishedMs = untilMs + missing * OPUS_PACKET_MS
    const latestMs = Math.max(nowMs + BUFFER_MS, untilMs + (missing > 0 ? LEAST_SILENCE_OF_LOSS_MS : 0))
    const atMs = wishedMs < nowMs ? nowMs + BUFFER_MS : Math.min(wishedMs, latestMs)
    if (atMs > nowMs + MAX_DELAY_MS) return null
    this.heard = { untilMs: atMs + OPUS_PACKET_MS, nextNumber: number + 1 }
    return { atMs, silenceMs: atMs - Math.max(untilMs, nowMs), isBehindLoss: missing > 0 }
  }
}
