/** The waveforms' peaks, once the server has made them. */
'use client'

import { useEffect, useState } from 'react'
import type { AudioTrack } from '@/protocol/tracks'

export type Peaks = Readonly<{ rateHz: number; tracks: Readonly<Partial<Record<AudioTrack, readonly number[]>>> }>

export function usePeaks(url: string | null): Peaks | null {
  const [peaks, setPeaks] = useState<Peaks | null>(null)
  useEffect(() => {
    if (!url) return
    const stop = new AbortController()
    const load = async (): Promise<void> => {
      const answer = await fetch(url, { signal: stop.signal })
      // Our own server wrote the file (server/jobs); without it the lanes show where each party spoke.
      if (answer.ok) setPeaks((await answer.json()) as Peaks)
    }
    load().catch((error: unknown) => {
      if (!stop.signal.aborted) console.warn('the waveforms could not be loaded; the lanes show where each party spoke instead', error)
    })
    return () => stop.abort()
  }, [url])
  return peaks
}
