/** Points and ranges that somebody or the telephone made: consent, notes, hold. */
'use client'

import { Mic, MicOff, StickyNote } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { CallView } from '@/server/timeline/view'
import { type TimeAxis, toPx } from '../../player/time-axis'
import { endOfCall, useCall } from '../call-context'
import { useClock } from '../clock'

export const hasMoments = (call: CallView): boolean => call.consents.length + call.notes.length + call.holds.length > 0

export function MomentLane({ axis }: Readonly<{ axis: TimeAxis }>) {
  const t = useTranslations('call')
  const { call } = useCall()
  return (
    <div className="relative h-[26px] overflow-hidden border-b border-line">
      {call.holds.map(({ seq, fromMs, toMs }) => (
        <div
          key={seq}
          title={t('hold.open')}
          className="absolute top-2 h-2.5 rounded-sm border border-warn bg-warn-tint"
          style={{ left: toPx(axis, fromMs), width: Math.max(3, toPx(axis, (toMs ?? endOfCall(call)) - fromMs)) }}
        />
      ))}
      {call.consents.map(({ seq, atMs, state, by }) => (
        <Point key={seq} axis={axis} atMs={atMs} name={t(`consent.line.${state}`, { by })} tone={state === 'refused' ? 'text-warn' : 'text-ok'}>
          {state === 'refused' ? <MicOff size={14} aria-hidden="true" /> : <Mic size={14} aria-hidden="true" />}
        </Point>
      ))}
      {call.notes.map(({ seq, atMs, text }) => (
        <Point key={seq} axis={axis} atMs={atMs} name={text} tone="text-warn">
          <StickyNote size={14} aria-hidden="true" />
        </Point>
      ))}
    </div>
  )
}

type PointProps = Readonly<{ axis: TimeAxis; atMs: number; name: string; tone: string; children: ReactNode }>

function Point({ axis, atMs, name, tone, children }: PointProps) {
  const clock = useClock()
  return (
    <button type="button" title={name} aria-label={name} onClick={() => clock.seek(atMs)} style={{ left: toPx(axis, atMs) }} className={`absolute top-0 grid h-[25px] w-6 place-items-center -outline-offset-2 ${tone}`}>
      {children}
    </button>
  )
}
