/** The marks of time over the lanes. */
'use client'

import { makeMarks, type TimeAxis, toMs, toPx } from '../../player/time-axis'
import type { LaneWindow } from './use-viewport'

export function Ruler({ axis, window }: Readonly<{ axis: TimeAxis; window: LaneWindow }>) {
  const marks = makeMarks(axis, { fromMs: toMs(axis, window.fromPx), toMs: toMs(axis, window.toPx) })
  return (
    <div className="times relative h-[22px] border-b border-line text-label text-ink-3">
      {marks.map(({ atMs, label }) => (
        <span key={atMs} className="absolute inset-y-0 border-l border-line pt-0.5 pl-1" style={{ left: toPx(axis, atMs) }}>
          {label}
        </span>
      ))}
    </div>
  )
}
