/** Keeps the playhead in view: on a phone it stands still and the lanes move under it, else the lanes turn a page. */
'use client'

import { type RefObject, useEffect } from 'react'
import { type TimeAxis, toPx } from '../../player/time-axis'
import { useClock } from '../clock'

/** After a page is turned the playhead stands this far from the left. */
const TURNED_TO = 0.1

export function useFollow(scroller: RefObject<HTMLDivElement | null>, axis: TimeAxis, isCentred: boolean): void {
  const clock = useClock()
  useEffect(() => {
    const follow = (atMs: number): void => {
      const element = scroller.current
      if (!element || axis.widthPx <= element.clientWidth) return
      const px = toPx(axis, atMs)
      const isInView = element.scrollLeft <= px && px <= element.scrollLeft + element.clientWidth
      if (isCentred) element.scrollTo({ left: px - element.clientWidth / 2 })
      else if (!isInView) element.scrollTo({ left: px - element.clientWidth * TURNED_TO })
    }
    follow(clock.atMs)
    return clock.onMove(follow)
  }, [clock, scroller, axis, isCentred])
}
