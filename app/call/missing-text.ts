/** What was not recorded, in words: from when to when, why, by whom. Pure. */
import { formatLength } from '../format/duration'
import type { CoverageRange, MissingRange } from '../player/coverage'
import type { CallText } from './call-text'

/** `Card pause 9 s`, `Screen lost 14 s`: for the bar. */
export function missingLabel(range: MissingRange, t: CallText): string {
  const length = formatLength(range.toMs - range.fromMs)
  if (range.state === 'paused') return t('missing.pause-label', { reason: range.reason, length })
  return t('missing.loss-label', { tracks: trackNames(range, t), length })
}

/** A sentence with its cause, in words for everybody; what the program itself said stands in the range's `detail`. */
export function missingSentence(range: MissingRange, t: CallText): string {
  const length = formatLength(range.toMs - range.fromMs)
  switch (range.state) {
    case 'paused':
      return t('missing.pause', { by: range.by, reason: range.reason, length })
    case 'lost':
      return `${t('missing.loss', { tracks: trackNames(range, t), length })} ${t(`missing.cause.${range.cause}`)}`
  }
}

/** `Began 0.1 s late: technician.` */
export const startingSentence = (range: CoverageRange, t: CallText): string => t('missing.starting', { tracks: trackNames(range, t), length: formatLength(range.toMs) })

const trackNames = (range: CoverageRange, t: CallText): string => range.tracks.map((track) => t(`track.${track}`)).join(', ')
