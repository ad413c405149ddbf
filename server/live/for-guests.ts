/**
 * What a guest of a call is told of it: what is said, shown and done. Nothing that is between the technician and his own
 * people, and nothing of the computer that records. A kind that is not named here is not told.
 */
import type { LogEntry, OpenData } from '@/protocol/entries'
import { deviceIdSchema } from '@/protocol/ids'
import type { LiveItem } from '@/protocol/live-items'
import type { Track } from '@/protocol/tracks'

/** A coach is heard by the technician alone. */
const TRACKS: ReadonlySet<Track> = new Set<Track>(['technician', 'customer', 'mixed', 'screen'])
const NO_DEVICE = deviceIdSchema.parse('00000000-0000-0000-0000-000000000000')

export const isItemForGuests = ({ track }: LiveItem): boolean => TRACKS.has(track)

/** As they are told it: without the chain, whose hashes cover what they are not told. Witnesses and guests are no secret. */
export const entriesForGuests = (entries: readonly LogEntry[]): LogEntry[] => entries.map(cutForGuests).filter((entry) => entry !== null)

function cutForGuests(entry: LogEntry): LogEntry | null {
  const told = { ...entry, prev: '' }
  switch (told.kind) {
    case 'open':
      return { ...told, data: cutOpen(told.data) }
    case 'gap':
      return TRACKS.has(told.track) ? { ...told, data: { cause: told.data.cause } } : null
    case 'presence':
      return told.data.as === 'witness' ? told : null
    case 'close':
      return { ...told, data: { reason: told.data.reason } }
    case 'action':
    case 'consent':
    case 'hold':
    case 'pause':
    case 'resume':
    case 'hangup':
      return told
    default:
      return null
  }
}

/** The rest of the form stands empty. */
const cutOpen = ({ callId, technician, startedAt, startedBy, tracks }: OpenData): OpenData => ({
  ...{ callId, technician, startedAt, startedBy, tracks },
  ...{ agentVersion: '', deviceId: NO_DEVICE, deviceKey: '', timeZone: '', bootId: '' },
  consentRule: { jurisdiction: null, requires: 'not-configured' },
})

/** To all at once where guests may have all of it, which is nearly always; else to each what he may have. */
export function share<One>(all: readonly One[], isForGuests: (one: One) => boolean, rooms: { own: string; guests: string }, tell: (rooms: string[], part: One[]) => void): void {
  if (all.length === 0) return
  const part = all.filter(isForGuests)
  if (part.length === all.length) return tell([rooms.own, rooms.guests], part)
  tell([rooms.own], [...all])
  if (part.length > 0) tell([rooms.guests], part)
}
