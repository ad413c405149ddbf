/** Passes over silence while the call plays, if the person wants it. */
'use client'

import { useEffect, useMemo, useState } from 'react'
import type { CallView } from '@/server/timeline/view'
import type { PlayerClock } from '../player/player-clock'
import { endOfSilence, findSilences } from '../player/silence'
import type { Peaks } from './lanes/use-peaks'

/** `null` when nothing in the call is silent, or it is not known. */
export type SkipSilence = Readonly<{ isOn: boolean; toggle: () => void }> | null

export function useSkipSilence(clock: PlayerClock, call: CallView, peaks: Peaks | null): SkipSilence {
  const [isOn, setIsOn] = useState(false)
  const silences = useMemo(() => findSilences(call, peaks), [call, peaks])
  useEffect(() => {
    if (!isOn) return
    return clock.onMove((atMs) => {
      if (clock.getSnapshot().state !== 'playing') return
      const toMs = endOfSilence(silences, atMs)
      if (toMs !== null) clock.seek(toMs)
    })
  }, [isOn, clock, silences])
  return silences.length > 0 ? { isOn, toggle: () => setIsOn((before) => !before) } : null
}
