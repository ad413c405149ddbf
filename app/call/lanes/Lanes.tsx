/** Everything on one time axis, under one playhead. */
'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useMemo, useRef } from 'react'
import type { AudioTrack } from '@/protocol/tracks'
import type { CoverageRange } from '../../player/coverage'
import { makeTimeAxis, zoomForSpan } from '../../player/time-axis'
import { useCall } from '../call-context'
import { endOfCall } from '../end-of-call'
import { speakerName } from '../people'
import { ActionLane } from './ActionLane'
import { LaneLabel } from './LaneLabel'
import { hasMoments, MomentLane } from './MomentLane'
import { Playhead } from './Playhead'
import { RecordedLane } from './RecordedLane'
import { ScreenLane } from './ScreenLane'
import { Ruler } from './Ruler'
import { useFollow } from './use-follow'
import type { Peaks } from './use-peaks'
import { useSeekByPointer } from './use-seek-by-pointer'
import { useViewport } from './use-viewport'
import { WaveLane } from './WaveLane'

const PHONE_PX = 600
const PHONE_SPAN_MS = 60_000

type LanesProps = Readonly<{ coverage: readonly CoverageRange[]; peaks: Peaks | null; zoom: number; onZoom: (zoom: number) => void }>

export function Lanes({ coverage, peaks, zoom, onZoom }: LanesProps) {
  const t = useTranslations('call')
  const { call } = useCall()
  const scroller = useRef<HTMLDivElement>(null)
  const { widthPx, scrollPx } = useViewport(scroller)
  const endMs = endOfCall(call)
  const axis = useMemo(() => makeTimeAxis(endMs, widthPx, zoom), [endMs, widthPx, zoom])
  const isPhone = widthPx > 0 && widthPx < PHONE_PX
  const voices = call.tracks.map(({ track }) => track).filter((track): track is AudioTrack => track !== 'screen')
  const hasScreen = call.tracks.some(({ track }) => track === 'screen')
  const seekByPointer = useSeekByPointer(axis)
  useFollow(scroller, axis, isPhone)

  useEffect(() => {
    if (isPhone) onZoom(zoomForSpan(endMs, widthPx, PHONE_SPAN_MS))
    // Only when the window becomes a phone's; afterwards the zoom is the person's.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [isPhone])

  // What is in view begins up to a quarter of the width behind `scrollPx`: half of the width on either side is drawn besides.
  const window = { fromPx: scrollPx - widthPx / 2, toPx: scrollPx + 1.75 * widthPx, scrollPx, widthPx }
  return (
    <section aria-label={t('lanes.title')} className="grid grid-cols-[36px_minmax(0,1fr)] border-t border-line bg-surface sm:grid-cols-[124px_minmax(0,1fr)] wide:col-span-2">
      <div className="border-r border-line">
        <div className="h-[22px] border-b border-line" />
        {voices.map((track) => (
          <LaneLabel key={track} lane={track} name={speakerName(track, call, t)} className="h-[50px]" />
        ))}
        <LaneLabel lane="actions" name={t('lanes.actions')} className="h-[34px]" />
        {hasScreen && <LaneLabel lane="screen" name={t('lanes.screen')} className="h-[44px]" />}
        {hasMoments(call) && <LaneLabel lane="moments" name={t('lanes.moments')} className="h-[26px]" />}
        <LaneLabel lane="recorded" name={t('lanes.recorded')} className="h-[30px]" />
      </div>
      <div ref={scroller} className="scrollbar-thin overflow-x-auto overflow-y-hidden">
        <div className="relative cursor-pointer touch-pan-x select-none" style={{ width: axis.widthPx || '100%' }} {...seekByPointer}>
          <Ruler axis={axis} window={window} />
          {voices.map((track) => (
            <WaveLane key={track} track={track} peaks={peaks?.tracks[track] ?? null} axis={axis} window={window} />
          ))}
          <ActionLane axis={axis} window={window} />
          {hasScreen && <ScreenLane axis={axis} window={window} coverage={coverage} />}
          {hasMoments(call) && <MomentLane axis={axis} />}
          <RecordedLane axis={axis} coverage={coverage} />
          <Playhead axis={axis} />
        </div>
      </div>
    </section>
  )
}
