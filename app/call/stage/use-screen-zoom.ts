/** How large the screen is shown: whole, or pixel by pixel and then moved about by wheel, pointer or arrow keys. */
'use client'

import { type CSSProperties, type PointerEvent, useRef, useState } from 'react'

export const SCREEN_ZOOMS = ['fit', '100', '200'] as const
export type ScreenZoomLevel = (typeof SCREEN_ZOOMS)[number]

const WIDE: Readonly<Record<Exclude<ScreenZoomLevel, 'fit'>, number>> = { '100': 1, '200': 2 }

type FrameProps = { className: string; tabIndex?: number; 'data-own-keys'?: true; onPointerDown?: (event: PointerEvent<HTMLElement>) => void; onPointerMove?: (event: PointerEvent<HTMLElement>) => void }
export type ScreenZoom = Readonly<{
  level: ScreenZoomLevel
  /** To the next level, and from the last to the first. */
  step: () => void
  frame: (isShown: boolean) => FrameProps
  picture: (isShown: boolean) => { className: string; style?: CSSProperties }
}>

/** `widthPx`: of the recorded screen. */
export function useScreenZoom(widthPx: number): ScreenZoom {
  const [level, setLevel] = useState<ScreenZoomLevel>('fit')
  const grip = useRef<{ x: number; y: number } | null>(null)
  const isLarge = level !== 'fit'

  const onPointerDown = (event: PointerEvent<HTMLElement>): void => {
    if (event.button !== 0 || event.pointerType !== 'mouse') return
    const frame = event.currentTarget
    frame.setPointerCapture(event.pointerId)
    grip.current = { x: event.clientX + frame.scrollLeft, y: event.clientY + frame.scrollTop }
  }
  const onPointerMove = (event: PointerEvent<HTMLElement>): void => {
    if (grip.current && event.currentTarget.hasPointerCapture(event.pointerId)) event.currentTarget.scrollTo(grip.current.x - event.clientX, grip.current.y - event.clientY)
  }

  return {
    level,
    step: () => setLevel((before) => SCREEN_ZOOMS[(SCREEN_ZOOMS.indexOf(before) + 1) % SCREEN_ZOOMS.length]!),
    frame: (isShown) => {
      if (!isShown) return { className: 'sr-only' }
      if (!isLarge) return { className: 'size-full' }
      return { className: 'scrollbar-thin size-full cursor-grab overflow-auto -outline-offset-2 active:cursor-grabbing', tabIndex: 0, 'data-own-keys': true, onPointerDown, onPointerMove }
    },
    picture: (isShown) => {
      if (!isShown) return { className: '' }
      return isLarge ? { className: 'block h-auto max-w-none bg-surface', style: { width: widthPx * WIDE[level] } } : { className: 'size-full bg-surface object-contain' }
    },
  }
}
