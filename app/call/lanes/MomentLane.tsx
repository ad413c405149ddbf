/** Points and ranges that somebody or the telephone made: consent, notes, hold, and what people marked after the call. */
'use client'

import { Bookmark, Mic, MicOff, StickyNote } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { CallView, MomentView } from '@/server/timeline/view'
import { type TimeAxis, toPx } from '../../player/time-axis'
import { useCall } from '../call-context'
import { useClock } from '../clock'
import { endOfCall } from '../end-of-call'

/** Room that a moment's first words need before the next moment. */
const LABEL_ROOM_PX = 120

export const hasMoments = (call: CallView): boolean => call.consents.length + call.notes.length + call.holds.length + call.moments.length > 0

export function MomentLane({ axis }: Readonly<{ axis: TimeAxis }>) {
  const t = useTranslations('call')
  const { call } = useCall()
  return (
    <div className="relative h-[26px] overflow-hidden border-b border-line">
      {call.holds.map(({ seq, fromMs, toMs }) => (
        <div
          key={seq}
          title={t('hold.open')}
          className="absolute top-2 h-2.5 rounded-sm border border-line-2 bg-sunken"
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
      {call.moments.map((moment, index) => (
        <Moment key={moment.id} axis={axis} moment={moment} roomPx={toPx(axis, (call.moments[index + 1]?.startMs ?? endOfCall(call)) - moment.endMs)} />
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

function Moment({ axis, moment: { startMs, endMs, by, notes }, roomPx }: Readonly<{ axis: TimeAxis; moment: MomentView; roomPx: number }>) {
  const t = useTranslations('call')
  const clock = useClock()
  const isRange = endMs > startMs
  const widthPx = isRange ? Math.max(6, toPx(axis, endMs - startMs)) : 14
  const label = t('notes.lane', { text: notes[0]?.text ?? '', name: by.name })
  return (
    <>
      <button
        type="button"
        title={label}
        aria-label={label}
        onClick={() => clock.seek(startMs)}
        style={{ left: toPx(axis, startMs), width: widthPx }}
        className={`absolute z-[1] -outline-offset-2 ${isRange ? 'top-1.5 h-3.5 rounded-sm border border-warn bg-warn-tint' : 'top-0 grid h-[25px] place-items-center text-warn'}`}
      >
        {!isRange && <Bookmark size={13} fill="currentColor" aria-hidden="true" />}
      </button>
      {roomPx > LABEL_ROOM_PX && (
        <span aria-hidden="true" style={{ left: toPx(axis, startMs) + widthPx + 6, maxWidth: roomPx - 24 }} className="pointer-events-none absolute top-[5px] truncate text-label text-warn">
          {label}
        </span>
      )}
    </>
  )
}
