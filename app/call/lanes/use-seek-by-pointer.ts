/** A press anywhere on the lanes goes there; holding it and moving goes along. Controls on the lanes keep their own presses. */
'use client'

import { type PointerEvent, useMemo } from 'react'
import { type TimeAxis, toMs } from '../../player/time-axis'
import { useClock } from '../clock'

export function useSeekByPointer(axis: TimeAxis) {
  const clock = useClock()
  return useMemo(() => {
    const seek = (event: PointerEvent<HTMLElement>): void => clock.seek(toMs(axis, event.clientX - event.currentTarget.getBoundingClientRect().left))
    return {
      onPointerDown: (event: PointerEvent<HTMLElement>): void => {
        const isControl = event.target instanceof Element && event.target.closest('button') !== null
        if (event.button !== 0 || isControl) return
        if (event.pointerType === 'mouse') event.currentTarget.setPointerCapture(event.pointerId)
        seek(event)
      },
      onPointerMove: (event: PointerEvent<HTMLElement>): void => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) seek(event)
      },
    }
  }, [axis, clock])
}
