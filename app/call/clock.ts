/** How components read the player's clock: by what they show, so that a frame draws again only what changed. */
'use client'

import { createContext, useContext, useEffect, useState, useSyncExternalStore } from 'react'
import type { CallView } from '@/server/timeline/view'
import { pictureAt } from '../player/picture'
import { PlayerClock, type ClockSnapshot } from '../player/player-clock'

export const ClockContext = createContext<PlayerClock | null>(null)

/** A clock for the life of the component that calls it. `endMs`: the last position that can be looked at. */
export function useNewClock({ actions, lengthMs }: Pick<CallView, 'actions' | 'lengthMs'>, endMs: number, startAtMs: number): PlayerClock {
  const [clock] = useState(() => {
    const made = new PlayerClock({ request: (callback) => requestAnimationFrame(callback), cancel: (handle) => cancelAnimationFrame(handle) }, endMs)
    made.seek(startAtMs)
    return made
  })
  useEffect(() => clock.setEnd(endMs), [clock, endMs])
  useEffect(() => clock.setPictures((atMs) => pictureAt(actions, lengthMs, atMs)), [clock, actions, lengthMs])
  useEffect(() => () => clock.dispose(), [clock])
  return clock
}

export function useClock(): PlayerClock {
  const clock = useContext(ClockContext)
  if (!clock) throw new Error('useClock was called outside of ClockContext; the call page provides it')
  return clock
}

export function useClockState(): ClockSnapshot {
  const clock = useClock()
  return useSyncExternalStore(clock.onState, clock.getSnapshot, clock.getSnapshot)
}

/** What `select` makes of the position; the component is drawn again only when that changes, so it must be a plain value. */
export function useAtClock<Value extends string | number | boolean>(select: (atMs: number) => Value): Value {
  const clock = useClock()
  const read = (): Value => select(clock.atMs)
  return useSyncExternalStore((listener) => clock.onMove(listener), read, read)
}
