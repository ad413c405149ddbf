/** The names of the columns; a press on some of them orders the list by theirs, a second one the other way round. */
'use client'

import { ArrowDown, ArrowUp } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { CallFilter } from '@/protocol/call-filter'
import { HEAD_CELL } from '../ui/table'
import { COLUMN_LOOKS, COLUMNS, isOrder } from './columns'

export const COLUMN_COUNT = COLUMNS.length
export const HEAD_HEIGHT_PX = 36

export function HeadCells({ filter, onChange }: Readonly<{ filter: CallFilter; onChange: (change: CallFilter) => void }>) {
  const t = useTranslations('calls')
  const sort = filter.sort ?? 'began'
  const Arrow = filter.turned ? ArrowUp : ArrowDown
  return COLUMNS.map((column) => {
    const look = `${HEAD_CELL} border-b border-line whitespace-nowrap ${COLUMN_LOOKS[column] ?? ''}`
    if (!isOrder(column)) {
      return (
        <th key={column} scope="col" className={look}>
          {t(`column.${column}`)}
        </th>
      )
    }
    const isSorted = column === sort
    return (
      <th key={column} scope="col" aria-sort={isSorted ? (filter.turned ? 'ascending' : 'descending') : undefined} className={look}>
        <button
          type="button"
          title={column === 'look' ? t('sort.look') : t('sort.by', { column: t(`column.${column}`) })}
          onClick={() => onChange({ sort: column === 'began' ? undefined : column, turned: isSorted && !filter.turned ? 'yes' : undefined })}
          className={`-mx-1.5 inline-flex h-6 items-center gap-1 rounded-sm px-1.5 hover:bg-sunken hover:text-ink ${isSorted ? 'text-ink' : ''}`}
        >
          {t(`column.${column}`)}
          {isSorted && <Arrow size={12} aria-hidden="true" />}
        </button>
      </th>
    )
  })
}
