/** Recorded, paused, lost: never blank. What is missing says what it is beside it, and why on hover. */
'use client'

import { useTranslations } from 'next-intl'
import { type CoverageRange, isMissing } from '../../player/coverage'
import { type TimeAxis, toPx } from '../../player/time-axis'
import { useCall } from '../call-context'
import { useClock } from '../clock'
import { missingLabel, missingSentence, startingSentence } from '../missing-text'

const LOOK: Readonly<Record<CoverageRange['state'], string>> = { recorded: 'bg-ok', starting: 'bg-line-2', paused: 'hatched border-x border-warn', lost: 'bg-bad' }
/** Room that a label needs after its range, before the next missing one. */
const LABEL_ROOM_PX = 104
const MIN_RANGE_PX = 3

export function RecordedLane({ axis, coverage }: Readonly<{ axis: TimeAxis; coverage: readonly CoverageRange[] }>) {
  const t = useTranslations('call')
  const { call } = useCall()
  const missing = coverage.filter(isMissing)
  const wrapUpPx = toPx(axis, call.lengthMs)
  const nextMissingPx = (range: CoverageRange): number => toPx(axis, missing.find((other) => other.fromMs >= range.toMs)?.fromMs ?? call.lengthMs)
  return (
    <div className="relative h-[30px] overflow-hidden text-label">
      {coverage.map((range) => (
        <Range key={range.fromMs} range={range} axis={axis} />
      ))}
      {missing.map((range) => {
        const isWide = toPx(axis, range.toMs - range.fromMs) > LABEL_ROOM_PX
        const hasRoom = nextMissingPx(range) - toPx(axis, range.toMs) > LABEL_ROOM_PX
        if (!isWide && !hasRoom) return null
        return (
          <span key={range.fromMs} aria-hidden="true" style={{ left: toPx(axis, isWide && !hasRoom ? range.fromMs : range.toMs) + 6 }} className={`pointer-events-none absolute top-[7px] z-[2] rounded-sm bg-surface px-1 ${range.state === 'paused' ? 'text-warn' : 'text-bad'}`}>
            {missingLabel(range, t)}
          </span>
        )
      })}
      {axis.widthPx - wrapUpPx > 60 && (
        <span style={{ left: wrapUpPx + 8 }} className="absolute top-[7px] text-ink-3">
          {t('lanes.wrap-up')}
        </span>
      )}
    </div>
  )
}

function Range({ range, axis }: Readonly<{ range: CoverageRange; axis: TimeAxis }>) {
  const t = useTranslations('call')
  const clock = useClock()
  const place = { left: toPx(axis, range.fromMs), width: Math.max(isMissing(range) ? MIN_RANGE_PX : 0, toPx(axis, range.toMs - range.fromMs)) }
  if (!isMissing(range)) return <div title={range.state === 'starting' ? startingSentence(range, t) : undefined} className={`absolute top-[11px] h-2 ${LOOK[range.state]}`} style={place} />
  const sentence = missingSentence(range, t)
  return <button type="button" title={sentence} aria-label={sentence} onClick={() => clock.seek(range.fromMs)} style={place} className={`absolute top-1.5 z-[1] h-[18px] -outline-offset-2 ${LOOK[range.state]}`} />
}
