/** How long a call has run, by the server's clock, ticking here. */
'use client'

import { useSyncExternalStore } from 'react'
import { formatPosition } from '../format/duration'
import type { ServerClock } from '../live-client/server-clock'

const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

/** One timer for all. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(() => listeners.forEach((tell) => tell()), 1_000)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

type ElapsedProps = Readonly<{ since: string; clock: ServerClock; className?: string }>

export function Elapsed({ since, clock, className = '' }: ElapsedProps) {
  const seconds = useSyncExternalStore(subscribe, () => Math.max(0, Math.floor((clock.nowMs - Date.parse(since)) / 1_000)), () => 0)
  return <span className={`times ${className}`}>{formatPosition(seconds * 1_000)}</span>
}
