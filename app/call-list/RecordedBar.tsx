/** Recorded, paused, lost, in miniature; the sentence says the same to who cannot see it. */
'use client'

import { useTranslations } from 'next-intl'
import type { CallListItem } from '@/server/timeline/view'
import { formatLength } from '../format/duration'
import { sumOf } from './summary'

/** A short loss must not vanish in a long call. */
const MIN_SHARE = 0.03

export function RecordedBar({ call }: Readonly<{ call: CallListItem }>) {
  const t = useTranslations('calls')
  const [pausedMs, lostMs] = [sumOf(call, 'paused'), sumOf(call, 'lost')]
  const sentence = t('bar', { paused: pausedMs > 0 ? formatLength(pausedMs) : 'none', lost: lostMs > 0 ? formatLength(lostMs) : 'none', whole: pausedMs + lostMs > 0 ? 'no' : 'yes' })
  return (
    <div role="img" aria-label={sentence} title={sentence} className="relative h-1.5 w-[110px] overflow-hidden rounded-full bg-sunken">
      {call.lengthMs > 0 && <div className="absolute inset-0 bg-ok" />}
      {call.notRecorded.map(({ fromMs, toMs, state }) => (
        <div
          key={fromMs}
          className={`absolute inset-y-0 ${state === 'paused' ? 'hatched' : 'bg-bad'}`}
          style={{ left: `${(fromMs / call.lengthMs) * 100}%`, width: `${Math.max(MIN_SHARE, (toMs - fromMs) / call.lengthMs) * 100}%` }}
        />
      ))}
    </div>
  )
}
