/** A wall-clock time in the viewer's zone, with UTC on hover. */
'use client'

import { useLocale, useNow } from 'next-intl'
import { formatDay, formatDayAndSecond, formatDayAndTime, formatTime, formatUtc } from './dates'
import { useZone } from './ZoneProvider'

const FORMATS = { day: formatDay, time: formatTime, 'day-and-time': formatDayAndTime, 'day-and-second': formatDayAndSecond } as const

type InstantProps = Readonly<{ at: string; show: keyof typeof FORMATS; className?: string }>

export function Instant({ at, show, className }: InstantProps) {
  const zone = useZone()
  const now = useNow()
  const moment = { wallMs: Date.parse(at), zone, locale: useLocale() }
  return (
    <time className={`times ${className ?? ''}`} dateTime={at} title={formatUtc(moment.wallMs)}>
      {FORMATS[show](moment, now.getTime())}
    </time>
  )
}
