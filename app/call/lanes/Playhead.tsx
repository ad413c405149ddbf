/** The one line through all lanes. Moves without drawing the lanes again, and is the slider for keyboard and screen reader. */
'use client'

import { useTranslations } from 'next-intl'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { formatPosition } from '../../format/duration'
import { type TimeAxis, toPx } from '../../player/time-axis'
import { useAtClock, useClock } from '../clock'

export function Playhead({ axis }: Readonly<{ axis: TimeAxis }>) {
  const t = useTranslations('call.lanes')
  const clock = useClock()
  const line = useRef<HTMLDivElement>(null)
  const second = useAtClock((atMs) => Math.floor(atMs / 1_000))

  useEffect(() => {
    const move = (atMs: number): void => {
      if (line.current) line.current.style.transform = `translateX(${toPx(axis, atMs)}px)`
    }
    move(clock.atMs)
    return clock.onMove(move)
  }, [clock, axis])

  const jump = (event: KeyboardEvent): void => {
    if (event.key === 'Home') clock.seek(0)
    else if (event.key === 'End') clock.seek(axis.endMs)
    else return
    event.preventDefault()
  }
  return (
    <div
      ref={line}
      role="slider"
      tabIndex={0}
      aria-label={t('playhead')}
      aria-valuemin={0}
      aria-valuemax={Math.ceil(axis.endMs / 1_000)}
      aria-valuenow={second}
      aria-valuetext={formatPosition(second * 1_000)}
      onKeyDown={jump}
      className="pointer-events-none absolute top-0 bottom-0 -left-px z-10 w-0.5 bg-ink before:absolute before:top-0 before:left-1/2 before:-translate-x-1/2 before:border-x-[5px] before:border-t-[7px] before:border-x-transparent before:border-t-ink"
    />
  )
}
