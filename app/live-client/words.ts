/** Live words as they firm up. Pure. */
import type { LiveWords } from '@/protocol/live-messages'

/** What is said anew of a stretch replaces what was said of it before; a stretch that turned out to hold no words goes. In order of time. */
export function mergeWords(before: readonly LiveWords[], news: readonly LiveWords[]): LiveWords[] {
  const stretches = new Map([...before, ...news].map((words) => [`${words.track} ${words.startMs}`, words]))
  return [...stretches.values()].filter(({ text }) => text !== '').sort((a, b) => a.startMs - b.startMs || a.track.localeCompare(b.track))
}
