/** Where in the picture of all stills the one of a position stands. Pure. */
import type { StillsLayout } from '@/server/jobs/stills-layout'

/** The last still taken at or before a position. */
export const stillAt = ({ everyMs, count }: StillsLayout, atMs: number): number => Math.min(count - 1, Math.max(0, Math.floor(atMs / everyMs)))

/** CSS that shows one still in a box of `widthPx`, of the still's own shape. */
export function stillStyle(layout: StillsLayout, url: string, still: number, widthPx: number): { backgroundImage: string; backgroundSize: string; backgroundPosition: string } {
  const scale = widthPx / layout.widthPx
  const column = still % layout.columns
  const row = Math.floor(still / layout.columns)
  return {
    backgroundImage: `url("${url}")`,
    backgroundSize: `${layout.columns * widthPx}px auto`,
    backgroundPosition: `${-column * widthPx}px ${-row * layout.heightPx * scale}px`,
  }
}
