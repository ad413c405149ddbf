/** Packets of one track that wait to be heard: at most half a minute of them; what is older is let go, which leaves a hole. */
import { OPUS_PACKET_MS } from '@/protocol/tracks'
import { HOLE_MS } from '../transcribe/track-transcriber'

const MOST_PACKETS = 30_000 / OPUS_PACKET_MS
/** Fewer are not worth a request of their own: each begins with a fresh decoder. */
const LEAST_IN_BATCH = 240 / OPUS_PACKET_MS
/** More would keep a worker from what is more urgent. */
const MOST_IN_BATCH = 5_000 / OPUS_PACKET_MS

export type Packet = { atMs: number; bytes: Uint8Array }
/** Packets without a hole between them, `[atMs, endMs)`. */
export type PacketBatch = { packets: Uint8Array[]; atMs: number; endMs: number; isAfterHole: boolean }

export class PacketBacklog {
  private packets: Packet[] = []
  private lastAtMs = -Infinity
  private takenToMs = -Infinity

  /** False for what has come before. */
  push({ atMs, bytes }: Packet): boolean {
    if (atMs <= this.lastAtMs) return false
    this.lastAtMs = atMs
    // A copy: the bytes may be a view of a whole message, which would stay in memory with them.
    this.packets.push({ atMs, bytes: bytes.slice() })
    if (this.packets.length > MOST_PACKETS) this.packets.shift()
    return true
  }

  /** There is more than one batch to take. */
  get isLong(): boolean {
    return this.packets.length > MOST_IN_BATCH
  }

  /** The next batch; null while too little is there. */
  take(): PacketBatch | null {
    const hole = this.packets.findIndex((packet, index) => index > 0 && isHole(endOf(this.packets[index - 1]!), packet.atMs))
    const unbroken = hole === -1 ? this.packets.length : hole
    const [first] = this.packets
    if (!first || (hole === -1 && unbroken < LEAST_IN_BATCH)) return null
    const batch = this.packets.splice(0, Math.min(unbroken, MOST_IN_BATCH))
    const isAfterHole = isHole(this.takenToMs, first.atMs)
    this.takenToMs = endOf(batch.at(-1)!)
    return { packets: batch.map(({ bytes }) => bytes), atMs: first.atMs, endMs: this.takenToMs, isAfterHole }
  }
}

const endOf = ({ atMs }: Packet): number => atMs + OPUS_PACKET_MS
const isHole = (endMs: number, atMs: number): boolean => Math.abs(atMs - endMs) > HOLE_MS
