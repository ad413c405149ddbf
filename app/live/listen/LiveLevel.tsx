/** The level of what is being heard of one party, before its volume. */
'use client'

import type { AudioTrack } from '@/protocol/tracks'
import type { Peaks } from '../../live-client/call-player'
import type { Store } from '../../live-client/store'
import { LevelMeter } from '../LevelMeter'
import { useStore } from '../use-store'

export function LiveLevel({ track, peaks }: Readonly<{ track: AudioTrack; peaks: Store<Peaks> }>) {
  const peak = useStore(peaks)[track]
  return <LevelMeter track={track} levelDb={peak ? 20 * Math.log10(peak) : undefined} className="h-1.5 w-20" />
}
