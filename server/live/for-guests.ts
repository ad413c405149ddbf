/** What a guest of a call is told of it: what is said, shown and done, and nothing that is between the technician and his own people. */
import type { LogEntry } from '@/protocol/entries'
import type { LiveItem } from '@/protocol/live-items'

/** Not what a coach says to the technician alone. */
export const isItemForGuests = ({ track }: LiveItem): boolean => track !== 'coach'

/** No notes, a coach's among them, and nobody who listens or coaches; witnesses and guests are no secret. */
export const isEntryForGuests = (entry: LogEntry): boolean => {
  if (entry.kind === 'presence') return entry.data.as === 'witness'
  return entry.kind !== 'note' && !('track' in entry && entry.track === 'coach')
}

/** To all at once where guests may have all of it, which is nearly always; else to each what he may have. */
export function share<One>(all: readonly One[], isForGuests: (one: One) => boolean, rooms: { own: string; guests: string }, tell: (rooms: string[], part: One[]) => void): void {
  if (all.length === 0) return
  const part = all.filter(isForGuests)
  if (part.length === all.length) return tell([rooms.own, rooms.guests], part)
  tell([rooms.own], [...all])
  if (part.length > 0) tell([rooms.guests], part)
}
