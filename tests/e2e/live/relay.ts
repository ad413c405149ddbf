/** A desk that relays in real time: the technician is a tone of 440 Hz, the customer one of 880 Hz, the screen is blue. */
import type { LiveItem } from '@/protocol/live-items'
import { type TrackDescription, trackFile } from '@/protocol/tracks'
import type { LiveDesk } from '../../support/live-desk'
import { colourFrame, tonePackets } from './media'

const PACKET_MS = 20

/** What the call's log says that it has. */
export const RELAYED_TRACKS: TrackDescription[] = [
  ...(['technician', 'customer'] as const).map((track) => ({ track, codec: 'opus' as const, file: trackFile(track), sampleRateHz: 48_000, channels: 1 })),
  { track: 'screen', codec: 'vp9', file: trackFile('screen'), widthPx: 640, heightPx: 360 },
]

/** As long as somebody wants it; it tells once a second how it fares. The answer ends it. */
export function relay(desk: LiveDesk): () => void {
  const tones = { technician: tonePackets(440), customer: tonePackets(880) }
  const frame = colourFrame('blue')
  const originMs = Date.now() - 10_000
  desk.originMs = originMs
  let count = 500
  const timer = setInterval(() => {
    const items: LiveItem[] = []
    for (; originMs + (count + 1) * PACKET_MS <= Date.now(); count++) {
      const atMs = count * PACKET_MS
      for (const track of ['technician', 'customer'] as const) items.push({ track, atMs, isKey: true, bytes: tones[track][count % tones[track].length]! })
      if (count % 25 === 0) items.push({ track: 'screen', atMs, isKey: true, bytes: frame })
      if (count % 50 === 0) desk.tell()
    }
    // A relay that is under way when the desk leaves is answered by nobody.
    if (items.length > 0 && desk.heard.listen.at(-1)?.isWanted) desk.relay(...items).catch(() => undefined)
  }, PACKET_MS)
  return () => clearInterval(timer)
}
