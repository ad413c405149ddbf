/** What was done, where it was done; the last one before the playhead is filled. */
'use client'

import { AppWindow, Globe, Save, SquareArrowOutUpRight, ToggleRight } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import type { ActionVerb } from '@/protocol/entries'
import type { ActionView } from '@/server/timeline/view'
import { formatPosition } from '../../format/duration'
import { type LaneChip, type LaneItem, layoutLane } from '../../player/lane-layout'
import { type TimeAxis, toPx } from '../../player/time-axis'
import { actionLabel, describeAction } from '../action-text'
import { useCall } from '../call-context'
import type { CallText } from '../call-text'
import { useAtClock, useClock } from '../clock'
import type { LaneWindow } from './use-viewport'

const ICONS: Readonly<Record<ActionVerb, typeof Save>> = { visited: Globe, opened: SquareArrowOutUpRight, changed: ToggleRight, saved: Save, focused: AppWindow }

/** The rest of a crowd is counted. */
const MOST_NAMED = 5

type LaneAction = LaneItem & Readonly<{ verb: ActionVerb; sentence: string }>
type ActionLaneProps = Readonly<{ axis: TimeAxis; window: LaneWindow }>

export function ActionLane({ axis, window }: ActionLaneProps) {
  const t = useTranslations('call')
  const { call } = useCall()
  const items = useMemo(
    () => call.actions.map((action): LaneAction => ({ id: String(action.seq), atMs: action.atMs, label: actionLabel(action, t), weight: action.changes.length, verb: action.verb, sentence: sentenceOf(action, t) })),
    [call.actions, t],
  )
  const chips = useMemo(() => layoutLane(items, (atMs) => toPx(axis, atMs)), [items, axis])
  const current = useAtClock((atMs) => chips.findLastIndex((chip) => chip.items[0]!.atMs <= atMs))
  const isInView = (chip: LaneChip): boolean => chip.leftPx + chip.widthPx >= window.fromPx && chip.leftPx <= window.toPx
  return (
    <div className="relative h-[34px] overflow-hidden border-b border-line">
      {chips.map((chip, index) => isInView(chip) && <Chip key={chip.items[0]!.id} chip={chip} isCurrent={index === current} />)}
    </div>
  )
}

/** What was changed tells itself; of the rest the verb is said too. */
const sentenceOf = (action: ActionView, t: CallText): string => (action.changes.length > 0 ? actionLabel(action, t) : describeAction(action, t))

function Chip({ chip, isCurrent }: Readonly<{ chip: LaneChip<LaneAction>; isCurrent: boolean }>) {
  const t = useTranslations('call.lanes')
  const clock = useClock()
  const { lead, items, showsLabel } = chip
  const others = items.length - 1
  const Icon = ICONS[lead.verb]
  const labels = items.slice(0, MOST_NAMED).map(({ sentence }) => sentence).join(', ')
  return (
    <button
      type="button"
      title={labels}
      onClick={() => clock.seek(items[0]!.atMs)}
      style={{ left: chip.leftPx, width: chip.widthPx }}
      className={`absolute top-1.5 flex h-[22px] items-center gap-1.5 overflow-hidden rounded-sm border-l-2 border-action text-label font-medium whitespace-nowrap -outline-offset-2 ${showsLabel ? 'px-1.5' : 'justify-center'} ${isCurrent ? 'bg-action text-surface' : 'bg-action-tint text-action'}`}
    >
      {(showsLabel || others === 0) && <Icon size={13} strokeWidth={1.75} className="shrink-0" aria-hidden="true" />}
      <bdi className={showsLabel ? 'truncate' : 'sr-only'}>{lead.label}</bdi>
      {others > 0 && <span className="times">{showsLabel ? `+${others}` : items.length}</span>}
      <span className="sr-only">{t(others > 0 ? 'cluster-at' : 'action-at', { labels, position: formatPosition(items[0]!.atMs) })}</span>
    </button>
  )
}
