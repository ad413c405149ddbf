/** From positions to pixels and back, and where the ruler has its marks. Pure. */
import { formatPosition } from '../format/duration'

export type TimeAxis = Readonly<{ endMs: number; widthPx: number }>
/** `[fromMs, toMs)` of the timeline that is in view. */
export type Span = Readonly<{ fromMs: number; toMs: number }>
export type Mark = Readonly<{ atMs: number; label: string }>

/** Closest zoom: a syllable is about 10 px wide. */
const MAX_PX_PER_SECOND = 60
const MARK_STEPS_MS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600].map((seconds) => seconds * 1_000)
/** Room that `1:02:03` and air around it need. */
const MIN_MARK_DISTANCE_PX = 88

/** `zoom` 0 shows the whole call, 1 is the closest; steps between them look equal. */
export function makeTimeAxis(endMs: number, viewportPx: number, zoom: number): TimeAxis {
  const closest = Math.max(1, ((endMs / 1_000) * MAX_PX_PER_SECOND) / Math.max(viewportPx, 1))
  return { endMs, widthPx: viewportPx * closest ** zoom }
}

export const toPx = (axis: TimeAxis, atMs: number): number => (axis.endMs === 0 ? 0 : (atMs / axis.endMs) * axis.widthPx)

export const toMs = (axis: TimeAxis, px: number): number =>
  axis.widthPx === 0 ? 0 : Math.min(Math.max((px / axis.widthPx) * axis.endMs, 0), axis.endMs)

/** The ruler's marks in view. */
export function makeMarks(axis: TimeAxis, span: Span): Mark[] {
  const stepMs = MARK_STEPS_MS.find((step) => toPx(axis, step) >= MIN_MARK_DISTANCE_PX) ?? MARK_STEPS_MS.at(-1)!
  const marks: Mark[] = []
  for (let atMs = Math.floor(span.fromMs / stepMs) * stepMs; atMs < Math.min(span.toMs, axis.endMs); atMs += stepMs)
    marks.push({ atMs, label: formatPosition(atMs) })
  return marks
}

/** The zoom at which `spanMs` fill the viewport. */
export function zoomForSpan(endMs: number, viewportPx: number, spanMs: number): number {
  const closest = makeTimeAxis(endMs, viewportPx, 1).widthPx / Math.max(viewportPx, 1)
  return closest <= 1 ? 0 : Math.min(Math.max(Math.log(endMs / spanMs) / Math.log(closest), 0), 1)
}
