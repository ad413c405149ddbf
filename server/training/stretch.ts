/** What lies within a stretch of a call, with positions that begin with the stretch. Nothing of what lies outside is left. Pure. */
import type { TrackCompleteness, TrackRange } from '@/protocol/completeness'
import type { ActionView, UtteranceView } from '../timeline/view'
import { textOfWords } from '../transcribe/words'

/** `[startMs, endMs)`. */
export type Stretch = { startMs: number; endMs: number }

/** A word that is cut by an edge is left out, and so is an utterance without places of its words. */
export function utterancesWithin(utterances: readonly UtteranceView[], { startMs, endMs }: Stretch): UtteranceView[] {
  const isWithin = (part: Stretch): boolean => part.startMs >= startMs && part.endMs <= endMs
  return utterances.flatMap((utterance) => {
    const words = utterance.words.filter(isWithin).map((word) => ({ ...word, startMs: word.startMs - startMs, endMs: word.endMs - startMs }))
    const isWhole = isWithin(utterance)
    if (!isWhole && words.length === 0) return []
    const from = isWhole ? utterance.startMs - startMs : words[0]!.startMs
    const to = isWhole ? utterance.endMs - startMs : words.at(-1)!.endMs
    return [{ ...utterance, id: `${utterance.track}-${from}`, startMs: from, endMs: to, text: isWhole ? utterance.text : textOfWords(words), words }]
  })
}

/** Numbered anew: their numbers in the log say how much went before. */
export const actionsWithin = (actions: readonly ActionView[], { startMs, endMs }: Stretch): ActionView[] =>
  actions.filter(({ atMs }) => startMs <= atMs && atMs < endMs).map((action, index) => ({ ...action, seq: index, atMs: action.atMs - startMs }))

/** `isNamed`: whether it is told who paused. What a program said of a loss is left out. */
export const completenessWithin = (tracks: readonly TrackCompleteness[], stretch: Stretch, isNamed: boolean): Pick<TrackCompleteness, 'track' | 'ranges'>[] =>
  tracks.map(({ track, ranges }) => ({ track, ranges: ranges.map((range) => rangeWithin(range, stretch, isNamed)).filter(({ fromMs, toMs }) => fromMs < toMs) }))

function rangeWithin(range: TrackRange, { startMs, endMs }: Stretch, isNamed: boolean): TrackRange {
  const place = { fromMs: Math.max(range.fromMs, startMs) - startMs, toMs: Math.min(range.toMs, endMs) - startMs }
  switch (range.state) {
    case 'recorded':
      return { state: range.state, ...place }
    case 'paused':
      return { state: range.state, reason: range.reason, by: isNamed ? range.by : NOBODY, ...place }
    case 'lost':
      return { state: range.state, cause: range.cause, ...place }
  }
}

const NOBODY = { id: '', name: '' }
