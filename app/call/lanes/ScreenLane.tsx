/** What the screen showed, in stills side by side; where it was paused or lost no still is passed off as what was seen. */
'use client'

import { memo } from 'react'
import { type CoverageRange, isMissing } from '../../player/coverage'
import { stillAt, stillStyle } from '../../player/stills'
import { type TimeAxis, toMs } from '../../player/time-axis'
import { useStills } from '../stage/use-stills'
import type { LaneWindow } from './use-viewport'

const HEIGHT_PX = 36
const GAP_PX = 3
/** Of a screen whose stills are not there yet. */
const USUAL_SHAPE = 16 / 10

type ScreenLaneProps = Readonly<{ axis: TimeAxis; window: LaneWindow; coverage: readonly CoverageRange[] }>

export function ScreenLane({ axis, window, coverage }: ScreenLaneProps) {
  const stills = useStills()
  const widthPx = Math.round(HEIGHT_PX * (stills ? stills.layout.widthPx / stills.layout.heightPx : USUAL_SHAPE))
  const stepPx = widthPx + GAP_PX
  const first = Math.max(0, Math.floor(window.fromPx / stepPx))
  const last = Math.floor(Math.min(window.toPx, axis.widthPx - 1) / stepPx)
  return (
    <div className="relative h-[44px] overflow-hidden border-b border-line">
      {Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => {
        const leftPx = (first + index) * stepPx
        const atMs = toMs(axis, leftPx)
        const missing = coverage.find((range) => isMissing(range) && range.tracks.includes('screen') && range.fromMs <= atMs && atMs < range.toMs)
        return <Still key={leftPx} leftPx={leftPx} widthPx={widthPx} still={stills && stillAt(stills.layout, atMs)} state={missing?.state ?? 'recorded'} />
      })}
    </div>
  )
}

type StillProps = Readonly<{ leftPx: number; widthPx: number; still: number | null; state: CoverageRange['state'] }>

const Still = memo(function Still({ leftPx, widthPx, still, state }: StillProps) {
  const stills = useStills()
  const picture = state === 'recorded' && stills && still !== null ? stillStyle(stills.layout, stills.url, still, widthPx) : {}
  const look = state === 'paused' ? 'hatched' : state === 'lost' ? 'bg-bad-tint' : 'bg-sunken'
  return <div className={`absolute top-1 rounded-[2px] outline -outline-offset-1 outline-line ${look}`} style={{ left: leftPx, width: widthPx, height: HEIGHT_PX, ...picture }} />
})
