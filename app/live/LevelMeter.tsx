/** How loud somebody is. Its name stands beside it; the bar alone is for the eye. */
import type { AudioTrack } from '@/protocol/tracks'

const BARS: Readonly<Record<AudioTrack, string>> = { technician: 'bg-technician', customer: 'bg-customer', mixed: 'bg-ink-2', coach: 'bg-ink-2' }
/** Quieter than this is silence to the eye. */
const FLOOR_DB = -60

/** 0 to 1, even steps for even steps of loudness. */
export const barOf = (levelDb: number): number => Math.min(1, Math.max(0, (levelDb - FLOOR_DB) / -FLOOR_DB))

type LevelMeterProps = Readonly<{ track: AudioTrack; levelDb: number | undefined; className?: string }>

export function LevelMeter({ track, levelDb, className = 'h-1.5' }: LevelMeterProps) {
  return (
    <span aria-hidden="true" className={`block min-w-8 overflow-hidden rounded-full bg-sunken ${className}`}>
      <span className={`block size-full origin-left rounded-full motion-safe:transition-transform ${BARS[track]}`} style={{ transform: `scaleX(${levelDb === undefined ? 0 : barOf(levelDb).toFixed(2)})` }} />
    </span>
  )
}
