/** What was done, where it was done; the last one before the playhead is filled. */
'use client'

import { AppWindow, Globe, Save, SquareArrowOutUpRight, ToggleRight } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import type { ActionVerb } from '@/protocol/entries'
import type { ActionView } from '@/server/timeline/view'
import { formatPosition } from '../../format/duration'
import { fitChip, groupLane, type LaneGroup, MAX_CHIP_PX } from '../../player/lane-layout'
import { type TimeAxis, toPx } from '../../player/time-axis'
import { actionLabel, describeAction } from '../action-text'
import { useCall } from '../call-context'
import type { CallText } from '../call-text'
import { useAtClock, useClock } from '../clock'
import type { LaneWindow } from './use-viewport'

const ICONS: Readonly<Record<ActionVerb, typeof Save>> = { visited: Globe, opened: SquareArrowOutUpRight, changed: ToggleRight, saved: Save, focused: AppWindow }

/** The rest of a crowd is counted. */
const MOST_NAMED = 5

type ActionLaneProps = Readonly<{ axis: TimeAxis; window: LaneWindow }>

export function ActionLane({ axis, window }: ActionLaneProps) {
  const { call } = useCall()
  const groups = useMemo(() => groupLane(call.actions, (atMs) => toPx(axis, atMs), ({ changes }) => changes.length), [call.actions, axis])
  const current = useAtClock((atMs) => groups.findLastIndex(({ items }) => items[0]!.atMs <= atMs))
  const isInView = ({ leftPx }: LaneGroup): boolean => leftPx + MAX_CHIP_PX >= window.fromPx && leftPx <= window.toPx
  return (
    <div className="relative h-[34px] overflow-hidden border-b border-line">
      {groups.map((group, index) => isInView(group) && <Chip key={group.items[0]!.seq} group={group} isCurrent={index === current} />)}
    </div>
  )
}

/** What was changed tells itself; of the rest the verb is said too. */
const sentenceOf = (action: ActionView, t: CallText): string => (action.changes.length > 0 ? actionLabel(action, t) : describeAction(action, t))

/** In words only where it is seen: a long call has thousands. */
function Chip({ group, isCurrent }: Readonly<{ group: LaneGroup<ActionView>; isCurrent: boolean }>) {
  const t = useTranslations('call')
  const clock = useClock()
  const { lead, items, leftPx } = group
  const label = actionLabel(lead, t)
  const { widthPx, showsLabel } = fitChip(group, label)
  const others = items.length - 1
  const Icon = ICONS[lead.verb]
  const labels = items.slice(0, MOST_NAMED).map((action) => sentenceOf(action, t)).join(', ')
  return (
    <button
      type="button"
      title={labels}
      onClick={() => clock.seek(items[0]!.atMs)}
      style={{ left: leftPx, width: widthPx }}
      className={`absolute top-1.5 flex h-[22px] items-center gap-1.5 overflow-hidden rounded-sm border-l-2 border-action text-label font-medium whitespace-nowrap -outline-offset-2 ${showsLabel ? 'px-1.5' : 'justify-center'} ${isCurrent ? 'bg-action text-surface' : 'bg-action-tint text-action'}`}
    >
      {(showsLabel || others === 0) && <Icon size={13} strokeWidth={1.75} className="shrink-0" aria-hidden="true" />}
      <bdi className={showsLabel ? 'truncate' : 'sr-only'}>{label}</bdi>
      {others > 0 && <span className="times">{showsLabel ? `+${others}` : items.length}</span>}
      <span className="sr-only">{t(others > 0 ? 'lanes.cluster-at' : 'lanes.action-at', { labels, position: formatPosition(items[0]!.atMs) })}</span>
    </button>
  )
}
