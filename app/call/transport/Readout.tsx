/** Where the player stands: position, length, time of day and its error. */
'use client'

import { formatPositionTenths } from '../../format/duration'
import { useCall } from '../call-context'
import { endOfCall } from '../end-of-call'
import { useAtClock } from '../clock'
import { WallClock } from '../WallClock'

export function Readout() {
  const { call } = useCall()
  const position = useAtClock(formatPositionTenths)
  const wholeSecondMs = useAtClock((atMs) => Math.floor(atMs / 1_000) * 1_000)
  return (
    <p className="times flex items-baseline gap-x-3 gap-y-0">
      <span>
        <span className="text-title" data-testid="position">
          {position}
        </span>{' '}
        <span className="text-ink-3">/ {formatPositionTenths(endOfCall(call))}</span>
      </span>
      <span className="hidden text-ink-3 sm:inline">
        <WallClock call={call} atMs={wholeSecondMs} isLong />
      </span>
    </p>
  )
}
