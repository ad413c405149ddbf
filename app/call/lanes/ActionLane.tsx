/** What was done, where it was done; the last one before the playhead is filled. */
'use client'

import { AppWindow, Globe, Layers, Save, SquareArrowOutUpRight, ToggleRight } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import type { ActionVerb } from '@/protocol/entries'
import { formatPosition } from '../../format/duration'
import { type LaneChip, layoutLane } from '../../player/lane-layout'
import { type TimeAxis, toPx } from '../../player/time-axis'
import { actionLabel } from '../action-text'
import { useCall } from '../call-context'
import { useAtClock, useClock } from '../clock'
import type { LaneWindow } from './use-viewport'

const ICONS: Readonly<Record<ActionVerb, typeof Save>> = { visited: Globe, opened: SquareArrowOutUpRight, changed: ToggleRight, saved: Save, focused: AppWindow }

type LaneAction = LaneChip['items'][number] & Readonly<{ verb: ActionVerb }>
type ActionLaneProps = Readonly<{ axis: TimeAxis; window: LaneWindow }>

export function ActionLane({ axis, window }: ActionLaneProps) {
  const t = useTranslations('call')
  const { call } = useCall()
  const items = useMemo<LaneAction[]>(() => call.actions.map((action) => ({ id: String(action.seq), atMs: action.atMs, label: actionLabel(action, t), verb: action.verb })), [call.actions, t])
  const chips = useMemo(() => layoutLane(items, (atMs) => toPx(axis, atMs)), [items, axis])
  const current = useAtClock((atMs) => chips.findLastIndex((chip) => chip.items[0]!.atMs <= atMs))
  return (
    <div className="relative h-[34px] overflow-hidden border-b border-line">
      {chips.map((chip, index) =>
        chip.leftPx + chip.widthPx < window.fromPx || chip.leftPx > window.toPx ? null : <Chip key={chip.items[0]!.id} chip={chip as ChipWithVerb} isCurrent={index === current} />,
      )}
    </div>
  )
}

type ChipWithVerb = LaneChip & Readonly<{ items: readonly LaneAction[] }>

function Chip({ chip, isCurrent }: Readonly<{ chip: ChipWithVerb; isCurrent: boolean }>) {
  const t = useTranslations('call.lanes')
  const clock = useClock()
  const first = chip.items[0]!
  const isCluster = chip.items.length > 1
  const Icon = isCluster ? Layers : ICONS[first.verb]
  const name = isCluster ? t('cluster', { count: chip.items.length, labels: chip.items.slice(0, 5).map(({ label }) => label).join(', ') }) : first.label
  return (
    <button
      type="button"
      title={name}
      aria-label={t('action-at', { name, position: formatPosition(first.atMs) })}
      onClick={() => clock.seek(first.atMs)}
      style={{ left: chip.leftPx, width: chip.widthPx }}
      className={`absolute top-1.5 flex h-[22px] items-center gap-1.5 overflow-hidden rounded-sm border-l-2 border-action px-1.5 text-label font-medium whitespace-nowrap -outline-offset-2 ${isCurrent ? 'bg-action text-surface' : 'bg-action-tint text-action'}`}
    >
      <Icon size={13} strokeWidth={1.75} className="shrink-0" aria-hidden="true" />
      {isCluster ? <span className="times">{chip.items.length}</span> : chip.showsLabel && <span className="truncate">{first.label}</span>}
    </button>
  )
}
