/** The lists that somebody keeps, a row each: what is in them and who has gone through. */
'use client'

import { useTranslations } from 'next-intl'
import Link from 'next/link'
import type { KeptItem } from '@/server/training/view'
import { CELL, HEAD_CELL } from '../ui/table'

const COLUMNS = ['name', 'team', 'made-by', 'clips', 'people'] as const
/** A phone shows which, how many clips, how many people. */
const NOT_ON_PHONE = 'max-md:hidden'
const LOOKS: Partial<Record<(typeof COLUMNS)[number], string>> = { team: NOT_ON_PHONE, 'made-by': NOT_ON_PHONE }

export function KeptLists({ lists }: Readonly<{ lists: readonly KeptItem[] }>) {
  const t = useTranslations('training')
  return (
    <div className="border-b border-line">
      <h2 className="px-4 pt-5 pb-2 font-semibold">
        {t('lists')}
      </h2>
      <div className="relative overflow-x-auto border-t border-line bg-surface" role="region" aria-label={t('lists')} tabIndex={0}>
        <table className="w-full">
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
            {lists.map(({ id, name, teaches, team, madeBy, clipCount, assignedCount, doneCount }) => (
              <tr key={id} className="relative h-11 border-b border-line transition-colors last:border-b-0 hover:bg-sunken has-[a:focus-visible]:bg-sunken">
                <th scope="row" className={`${CELL} max-w-[420px] max-md:max-w-[180px] truncate text-left font-semibold`}>
                  <Link href={`/training/${id}`} prefetch={false} className="after:absolute after:inset-0">
                    <bdi>{name}</bdi>
                  </Link>
                  <bdi className="ml-2.5 font-normal text-ink-3 max-md:hidden">{teaches}</bdi>
                </th>
                <td className={`${CELL} ${NOT_ON_PHONE} max-w-[200px] truncate text-ink-2`}>{team ? <bdi>{team}</bdi> : t('no-team')}</td>
                <td className={`${CELL} ${NOT_ON_PHONE} max-w-[200px] truncate text-ink-2`}>
                  <bdi>{madeBy}</bdi>
                </td>
                <td className={`${CELL} times`}>{clipCount}</td>
                <td className={`${CELL} times ${assignedCount > 0 ? '' : 'text-ink-3'}`}>{assignedCount > 0 ? t('people-done', { done: doneCount, all: assignedCount }) : t('nobody')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}
