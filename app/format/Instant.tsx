/** A wall-clock time in the viewer's zone, with UTC on hover. */
'use client'

import { useLocale } from 'next-intl'
import { formatDay, formatDayAndTime, formatTime, formatUtc } from './dates'
import { useZone } from './ZoneProvider'

type InstantProps = Readonly<{ at: string; show: 'day' | 'time' | 'day-and-time'; className?: string }>

export function Instant({ at, show, className }: InstantProps) {
  const zone = useZone()
  const moment = { wallMs: Date.parse(at), zone, locale: useLocale() }
  const text = show === 'time' ? formatTime(moment) : (show === 'day' ? formatDay : formatDayAndTime)(moment, Date.now())
  return (
    <time className={`times ${className ?? ''}`} dateTime={at} title={formatUtc(moment.wallMs)}>
      {text}
    </time>
  )
}
