/** The time of day of a position in the viewer's zone, with how far wrong it can be; UTC on hover. */
'use client'

import { useLocale, useTranslations } from 'next-intl'
import type { CallView } from '@/server/timeline/view'
import { formatTimeOfDay, formatUtc, formatZone } from '../format/dates'
import { formatClockError } from '../format/duration'
import { useZone } from '../format/ZoneProvider'

type WallClockProps = Readonly<{ call: Pick<CallView, 'clock'>; atMs: number; showsZone?: boolean }>

export function WallClock({ call, atMs, showsZone = false }: WallClockProps) {
  const t = useTranslations('call')
  const moment = { wallMs: call.clock.wallMs + atMs, zone: useZone(), locale: useLocale() }
  const error = call.clock.errorMs === null ? t('clock-unconfirmed') : formatClockError(call.clock.errorMs)
  return (
    <time className="times" dateTime={new Date(moment.wallMs).toISOString()} title={formatUtc(moment.wallMs)}>
      {formatTimeOfDay(moment)} {showsZone && `${formatZone(moment)} `}
      {error}
    </time>
  )
}
