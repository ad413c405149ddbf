/** A wall-clock time in the viewer's zone, with UTC on hover. */
'use client'

import { useLocale, useNow } from 'next-intl'
import { formatDay, formatDayAndTime, formatTime, formatUtc } from './dates'
import { useZone } from './ZoneProvider'

type InstantProps = Readonly<{ at: string; show: 'day' | 'time' | 'day-and-time'; className?: string }>

export function Instant({ at, show, className }: InstantProps) {
  const zone = useZone()
  const now = useNow()
  const moment = { wallMs: Date.parse(at), zone, locale: useLocale() }
  const text = show === 'time' ? formatTime(moment) : (show === 'day' ? formatDay : formatDayAndTime)(moment, now.getTime())
  return (
    <time className={`times ${className ?? ''}`} dateTime={at} title={formatUtc(moment.wallMs)}>
      {text}
    </time>
  )
}
