/** One voice over time: its waveform when there is one, else where it spoke. */
'use client'

import { useTheme } from 'next-themes'
import { useEffect, useMemo, useRef } from 'react'
import type { AudioTrack } from '@/protocol/tracks'
import { type TimeAxis, toPx } from '../../player/time-axis'
import { mountWaveform, type WaveColours, type Waveform } from '../../player/waveform'
import { useCall } from '../call-context'
import { useClock } from '../clock'
import type { LaneWindow } from './use-viewport'

/** Names of the tokens for the part that was played and the part ahead. */
const COLOURS: Readonly<Record<AudioTrack, readonly [played: string, ahead: string]>> = {
  technician: ['--technician', '--technician-pale'],
  customer: ['--customer', '--customer-pale'],
  mixed: ['--ink-2', '--line-2'],
  coach: ['--ink-2', '--line-2'],
}

function readColours(track: AudioTrack): WaveColours {
  const style = getComputedStyle(document.documentElement)
  const [played, ahead] = COLOURS[track]
  return { played: style.getPropertyValue(played).trim(), ahead: style.getPropertyValue(ahead).trim() }
}

type WaveLaneProps = Readonly<{ track: AudioTrack; peaks: readonly number[] | null; axis: TimeAxis; window: LaneWindow }>

export function WaveLane({ track, peaks, axis, window }: WaveLaneProps) {
  const clock = useClock()
  const { call } = useCall()
  const { resolvedTheme } = useTheme()
  const box = useRef<HTMLDivElement>(null)
  const waveform = useRef<Waveform | null>(null)

  useEffect(() => {
    if (!box.current || !peaks) return
    const mounted = mountWaveform(box.current, { peaks, durationMs: call.lengthMs, colours: readColours(track) })
    waveform.current = mounted
    mounted.move(clock.atMs)
    const unsubscribe = clock.onMove((atMs) => mounted.move(atMs))
    return () => {
      unsubscribe()
      mounted.dispose()
      waveform.current = null
    }
  }, [clock, peaks, track, call.lengthMs])

  useEffect(() => {
    // The theme's tokens reach the document after the effects of this turn.
    const frame = requestAnimationFrame(() => waveform.current?.setColours(readColours(track)))
    return () => cancelAnimationFrame(frame)
  }, [track, resolvedTheme])
  useEffect(() => waveform.current?.setZoom(axis.widthPx / Math.max(axis.endMs, 1)), [axis, peaks])
  useEffect(() => {
    const scroller = box.current?.parentElement?.parentElement?.parentElement
    if (!scroller || !peaks) return
    const scroll = (): void => waveform.current?.setScroll(scroller.scrollLeft)
    scroll()
    scroller.addEventListener('scroll', scroll, { passive: true })
    return () => scroller.removeEventListener('scroll', scroll)
  }, [peaks, axis])

  return (
    <div className="h-[50px] border-b border-line">
      {peaks ? (
        <div ref={box} className="waveform pointer-events-none sticky left-0 h-full" style={{ width: Math.min(window.widthPx, toPx(axis, call.lengthMs)) }} />
      ) : (
        <SpeechBlocks track={track} axis={axis} />
      )}
    </div>
  )
}

function SpeechBlocks({ track, axis }: Readonly<{ track: AudioTrack; axis: TimeAxis }>) {
  const { call } = useCall()
  const spoken = useMemo(() => call.utterances.filter((utterance) => utterance.track === track && utterance.leakedFrom === null), [call.utterances, track])
  return (
    <div className="relative h-full">
      <div className="absolute inset-x-0 top-1/2 border-t border-dotted border-line-2" />
      {spoken.map(({ id, startMs, endMs }) => (
        <div
          key={id}
          className="absolute top-1/2 h-3 -translate-y-1/2 rounded-sm"
          style={{ left: toPx(axis, startMs), width: Math.max(2, toPx(axis, endMs - startMs)), background: `var(${COLOURS[track][1]})` }}
        />
      ))}
    </div>
  )
}
