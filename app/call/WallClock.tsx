/** The time of day of a position in the viewer's zone, with how far wrong it can be; UTC on hover. */
'use client'

import { useLocale, useTranslations } from 'next-intl'
import { CallClock } from '@/protocol/clock'
import type { CallView } from '@/server/timeline/view'
import { formatTimeOfDay, formatUtc, formatZone } from '../format/dates'
import { formatClockError } from '../format/duration'
import { useZone } from '../format/ZoneProvider'

type WallClockProps = Readonly<{ call: Pick<CallView, 'clock'>; atMs: number; isLong?: boolean }>

export function WallClock({ call, atMs, isLong = false }: WallClockProps) {
  const t = useTranslations('call')
  const { wallMs, errorMs } = new CallClock(call.clock).at(atMs)
  const moment = { wallMs, zone: useZone(), locale: useLocale() }
  const error = errorMs !== null ? formatClockError(errorMs) : isLong ? t('clock-unconfirmed') : '± ?'
  return (
    <time className="times" dateTime={new Date(wallMs).toISOString()} title={errorMs === null ? `${formatUtc(wallMs)}, ${t('clock-unconfirmed')}` : formatUtc(wallMs)}>
      {formatTimeOfDay(moment)} {isLong && `${formatZone(moment)} `}
      {error}
    </time>
  )
}
