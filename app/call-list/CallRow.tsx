/** A call in a line: with whom, when, what changed, is it whole, what to look at. */
'use client'

import { useTranslations } from 'next-intl'
import Link, { useLinkStatus } from 'next/link'
import { memo } from 'react'
import type { CallListItem } from '@/server/timeline/view'
import { formatPosition } from '../format/duration'
import { Instant } from '../format/Instant'
import { Chip } from '../ui/Chip'
import { CELL } from '../ui/table'
import { NOT_ON_PHONE, ON_XL, ONLY_WIDE } from './columns'
import { LookAtChip } from './LookAtChip'
import { RecordedBar } from './RecordedBar'
import { WhatChanged } from './WhatChanged'

type CallRowProps = Readonly<{ call: CallListItem; index: number; isActive: boolean; onFocus: () => void }>

export const CallRow = memo(function CallRow({ call, index, isActive, onFocus }: CallRowProps) {
  const t = useTranslations('calls')
  const line = call.hits.length > 0 ? '' : 'border-b border-line'
  return (
    <tr data-row={index} aria-rowindex={index + 2} className={`relative h-11 transition-colors hover:bg-sunken has-[a:focus-visible]:bg-sunken ${line}`}>
      <th scope="row" dir="auto" className={`${CELL} max-w-[320px] max-wide:max-w-[220px] max-md:max-w-[130px] text-left font-semibold`}>
        <span className="flex items-center gap-2.5">
          {/* The link covers its row, so that a press anywhere opens the call. */}
          <Link href={`/calls/${call.id}`} prefetch={false} tabIndex={isActive ? 0 : -1} onFocus={onFocus} className="min-w-0 truncate after:absolute after:inset-0">
            {call.customer.name ?? call.customer.phone ?? t('customer-unknown')}
            <Opening />
          </Link>
          {call.isSample && <Chip className="h-5! shrink-0 font-normal">{t('sample')}</Chip>}
          {call.customer.name && call.customer.phone && <bdi className="times min-w-0 shrink-[9] truncate font-normal text-ink-3">{call.customer.phone}</bdi>}
        </span>
      </th>
      <td className={`${CELL} ${ON_XL} max-w-[140px] truncate text-ink-2`} title={call.ticket ? `${call.ticket.source} #${call.ticket.id}` : undefined}>
        {call.ticket && <bdi>#{call.ticket.id}</bdi>}
      </td>
      <td className={`${CELL} ${NOT_ON_PHONE} max-w-[200px] truncate text-left text-ink-2 max-wide:max-w-[130px]`} dir="auto">
        {call.technician.name}
      </td>
      <td className={`${CELL} text-ink-2`}>
        <Instant at={call.startedAt} show="day-and-time" />
      </td>
      <td className={`${CELL} ${NOT_ON_PHONE} times text-right`}>{formatPosition(call.lengthMs)}</td>
      <td className={`${CELL} ${NOT_ON_PHONE} max-w-[280px] truncate max-wide:max-w-[200px]`}>
        <WhatChanged call={call} />
      </td>
      <td className={`${CELL} ${ONLY_WIDE}`}>
        <RecordedBar call={call} />
      </td>
      <td className={CELL}>
        <LookAtChip call={call} />
      </td>
    </tr>
  )
})

/** Between the press and the call's page, when that takes long enough to be noticed. For the eye alone: words would become part of the link's name. */
function Opening() {
  const { pending } = useLinkStatus()
  return pending && <span aria-hidden="true" className="absolute inset-x-0 bottom-0 h-0.5 animate-pulse bg-action" />
}
