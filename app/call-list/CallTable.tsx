/** A call a row: with whom, when, what changed, is it whole, what to look at. */
'use client'

import { useTranslations } from 'next-intl'
import Link from 'next/link'
import type { CallListItem } from '@/server/timeline/view'
import { formatPosition } from '../format/duration'
import { Instant } from '../format/Instant'
import { CELL, HEAD_CELL } from '../ui/table'
import { LookAtChip } from './LookAtChip'
import { RecordedBar } from './RecordedBar'
import { WhatChanged } from './WhatChanged'

const COLUMNS = ['customer', 'technician', 'began', 'length', 'changed', 'recorded', 'look'] as const
/** A phone shows with whom, when, how long, and what to look at. */
const NOT_ON_PHONE = 'max-md:hidden'
const LOOKS: Partial<Record<(typeof COLUMNS)[number], string>> = { technician: NOT_ON_PHONE, length: 'text-right', changed: NOT_ON_PHONE, recorded: NOT_ON_PHONE }

export function CallTable({ calls }: Readonly<{ calls: readonly CallListItem[] }>) {
  const t = useTranslations('calls')
  return (
    <div className="relative w-full flex-1 overflow-x-auto bg-surface" role="region" aria-label={t('title')} tabIndex={0}>
      <table className="w-full md:min-w-[980px]">
        <thead>
          <tr className="border-b border-line">
            {COLUMNS.map((column) => (
              <th key={column} scope="col" className={`${HEAD_CELL} ${LOOKS[column] ?? ''}`}>
                {t(`column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {calls.map((call) => (
            <tr key={call.id} className="relative h-11 border-b border-line transition-colors hover:bg-sunken has-[a:focus-visible]:bg-sunken">
              <th scope="row" className={`${CELL} max-w-[320px] max-md:max-w-[130px] truncate text-left font-semibold`}>
                {/* The link covers its row, so that a press anywhere opens the call. */}
                <Link href={`/calls/${call.id}`} prefetch={false} className="after:absolute after:inset-0">
                  <bdi>{call.customer.name ?? call.customer.phone ?? t('customer-unknown')}</bdi>
                </Link>
                {call.customer.name && call.customer.phone && <span className="times ml-2.5 font-normal text-ink-3">{call.customer.phone}</span>}
              </th>
              <td className={`${CELL} ${NOT_ON_PHONE} max-w-[200px] truncate text-ink-2`}>
                <bdi>{call.technician.name}</bdi>
              </td>
              <td className={`${CELL} text-ink-2`}>
                <Instant at={call.startedAt} show="day-and-time" />
              </td>
              <td className={`${CELL} times text-right`}>{formatPosition(call.lengthMs)}</td>
              <td className={`${CELL} ${NOT_ON_PHONE} max-w-[280px] truncate`}>
                <WhatChanged call={call} />
              </td>
              <td className={`${CELL} ${NOT_ON_PHONE}`}>
                <RecordedBar call={call} />
              </td>
              <td className={CELL}>
                <LookAtChip call={call} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
