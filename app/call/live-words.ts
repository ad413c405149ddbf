/** Of a call that runs only the newest words are fetched again: each track's are appended in order, so what is older stays. Pure. */
import type { CallView } from '@/server/timeline/view'

/** Up to here, exclusive, the page has all words that there will be until the call is closed. */
export function wordsKnownUntil({ state, tracks, utterances }: Pick<CallView, 'state' | 'tracks' | 'utterances'>): number {
  // The final transcript may say of any of them that it leaked.
  if (state === 'closed') return 0
  const newest = tracks.filter(({ track }) => track !== 'screen').map(({ track }) => utterances.findLast((utterance) => utterance.track === track)?.startMs ?? 0)
  return newest.length > 0 ? Math.min(...newest) : 0
}

/** `news` has the words from `wordsFromMs` on, and everything else whole. */
export const withNews = (before: CallView, news: CallView, wordsFromMs: number): CallView => ({
  ...news,
  utterances: [...before.utterances.filter(({ startMs }) => startMs < wordsFromMs), ...news.utterances],
})
