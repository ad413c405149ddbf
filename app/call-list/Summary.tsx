/** What the calls that are left add up to: `38 calls, 5 h 12 min. 1 lost something, 3 need a look`. */
'use client'

import { useTranslations } from 'next-intl'
import type { CallSummary } from '@/server/timeline/view'
import { formatLength } from '../format/duration'

export function Summary({ summary: { count, lengthMs, lostCount, lookCount }, isOld }: Readonly<{ summary: CallSummary; isOld: boolean }>) {
  const t = useTranslations('calls')
  return (
    <p role="status" className={`text-ink-2 transition-opacity lg:ml-auto ${isOld ? 'opacity-60' : ''}`}>
      {t('total', { count, length: formatLength(lengthMs) })}
      {(lostCount > 0 || lookCount > 0) && '. '}
      {lostCount > 0 && <span className="text-bad">{t('lost', { count: lostCount })}</span>}
      {lostCount > 0 && lookCount > 0 && ', '}
      {lookCount > 0 && <span className="text-warn">{t('look', { count: lookCount })}</span>}
    </p>
  )
}
