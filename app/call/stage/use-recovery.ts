/**
 * Playback that broke off goes on by itself once it can: after signing in again, with the network back.
 *
 * States: `fine`; `waiting` (broke off, and the page knows why: signed out, gone, out of reach); `broken` (the page may go
 * on and the file still does not play, twice within a short time: a person must look).
 */
'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { useCall } from '../call-context'
import { useClock } from '../clock'

export type PlaybackState = 'fine' | 'waiting' | 'broken'
const TRIED_JUST_NOW_MS = 10_000

export function useRecovery(media: HTMLVideoElement | null): { state: PlaybackState; onError: () => void; load: () => void } {
  const clock = useClock()
  const { standing, checkStanding } = useCall()
  const [state, setState] = useState<PlaybackState>('fine')
  const wasPlaying = useRef(false)
  const triedAtMs = useRef(-Infinity)

  /** Loading starts at the beginning and paused: both are put right. */
  const load = useCallback(() => {
    if (!media) return
    triedAtMs.current = performance.now()
    setState('fine')
    media.load()
    clock.seek(clock.atMs)
    if (wasPlaying.current) clock.play().catch(() => clock.pause())
  }, [media, clock])

  const onError = (): void => {
    if (state === 'fine') wasPlaying.current = clock.getSnapshot().state === 'playing' || clock.getSnapshot().state === 'waiting'
    setState('waiting')
    void checkStanding().then((answer) => {
      if (answer !== 'fine') return
      if (performance.now() - triedAtMs.current < TRIED_JUST_NOW_MS) setState('broken')
      else load()
    })
  }

  const before = useRef(standing)
  useEffect(() => {
    const isBack = before.current !== 'fine' && standing === 'fine'
    before.current = standing
    if (isBack && state === 'waiting') load()
    if (standing === 'gone' || standing === 'signed-out') clock.pause()
  }, [state, standing, clock, load])

  return { state, onError, load }
}
