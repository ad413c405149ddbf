/** The time of day of a position in the viewer's zone, with how far wrong it can be; UTC on hover. */
'use client'

import { useLocale, useTranslations } from 'next-intl'
import type { CallView } from '@/server/timeline/view'
import { formatTimeOfDay, formatUtc, formatZone } from '../format/dates'
import { formatClockError } from '../format/duration'
import { useZone } from '../format/ZoneProvider'

type WallClockProps = Readonly<{ call: Pick<CallView, 'clock'>; atMs: number; isLong?: boolean }>

export function WallClock({ call, atMs, isLong = false }: WallClockProps) {
  const t = useTranslations('call')
  const moment = { wallMs: call.clock.wallMs + atMs, zone: useZone(), locale: useLocale() }
  const { errorMs } = call.clock
  const error = errorMs !== null ? formatClockError(errorMs) : isLong ? t('clock-unconfirmed') : '± ?'
  return (
    <time className="times" dateTime={new Date(moment.wallMs).toISOString()} title={errorMs === null ? `${formatUtc(moment.wallMs)}, ${t('clock-unconfirmed')}` : formatUtc(moment.wallMs)}>
      {formatTimeOfDay(moment)} {isLong && `${formatZone(moment)} `}
      {error}
    </time>
  )
}
