/** Whether all of a running call is kept, as far as it is known here. Pure. */
import { totalCoverage } from '../../player/coverage'
import type { LiveView } from './live-view'

export type Kept = Readonly<{ state: 'lost'; lostMs: number } | { state: 'unknown' } | { state: 'until-pause' } | { state: 'whole'; pausedMs: number }>

/** `isBlind`: nothing comes from the technician's computer. What is lost stays lost all the same. */
export function keptOf({ missing, pause }: Pick<LiveView, 'missing' | 'pause'>, isBlind: boolean): Kept {
  const { lostMs, pausedMs } = totalCoverage(missing)
  if (lostMs > 0) return { state: 'lost', lostMs }
  if (isBlind) return { state: 'unknown' }
  return pause ? { state: 'until-pause' } : { state: 'whole', pausedMs }
}
