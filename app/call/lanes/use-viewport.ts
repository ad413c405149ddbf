/** How wide the lanes' window is and how far it is scrolled, in steps so that scrolling does not draw at every pixel. */
'use client'

import { type RefObject, useEffect, useState } from 'react'

export type LaneWindow = Readonly<{ fromPx: number; toPx: number; scrollPx: number; widthPx: number }>
type Viewport = Readonly<{ widthPx: number; scrollPx: number }>

export function useViewport(scroller: RefObject<HTMLDivElement | null>): Viewport {
  const [viewport, setViewport] = useState<Viewport>({ widthPx: 0, scrollPx: 0 })
  useEffect(() => {
    const element = scroller.current
    if (!element) return
    const read = (): void => {
      const widthPx = element.clientWidth
      const stepPx = Math.max(1, widthPx / 4)
      const scrollPx = Math.floor(element.scrollLeft / stepPx) * stepPx
      setViewport((before) => (before.widthPx === widthPx && before.scrollPx === scrollPx ? before : { widthPx, scrollPx }))
    }
    const observer = new ResizeObserver(read)
    observer.observe(element)
    element.addEventListener('scroll', read, { passive: true })
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', read)
    }
  }, [scroller])
  return viewport
}
