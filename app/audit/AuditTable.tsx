/** An entry of the audit trail a row: when, who, what, about what, from where. */
'use client'

import { ScrollText } from 'lucide-react'
import { useTranslations } from 'next-intl'
import Link from 'next/link'
import type { AuditItem } from '@/server/access/audit-trail'
import { Instant } from '../format/Instant'
import { Explanation } from '../ui/Explanation'
import { CELL, HEAD_CELL } from '../ui/table'
import { AuditDetail } from './AuditDetail'
import { describeAct } from './verb-text'

const COLUMNS = ['at', 'who', 'did', 'about', 'address'] as const
/** A phone shows when, who, what. */
const NOT_ON_PHONE = 'max-md:hidden'

export function AuditTable({ items }: Readonly<{ items: readonly AuditItem[] }>) {
  const t = useTranslations('audit')
  if (items.length === 0)
    return (
      <Explanation icon={<ScrollText aria-hidden="true" />} title={t('empty')}>
        <p>{t('empty-text')}</p>
      </Explanation>
    )
  return (
    <div className="relative w-full flex-1 overflow-x-auto bg-surface" role="region" aria-label={t('title')} tabIndex={0}>
      <table className="w-full md:min-w-[820px]">
        <thead>
          <tr className="border-b border-line">
            {COLUMNS.map((column) => (
              <th key={column} scope="col" className={`${HEAD_CELL} ${column === 'about' || column === 'address' ? NOT_ON_PHONE : ''}`}>
                {t(`column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.id} className="h-11 border-b border-line hover:bg-sunken">
              <td className={`${CELL} text-ink-2`}>
                <Instant at={item.at} show="day-and-second" />
              </td>
              <th scope="row" className={`${CELL} max-w-[200px] max-md:max-w-[110px] truncate text-left font-medium`}>
                <Who item={item} />
              </th>
              <td className={`${CELL} max-w-[340px] whitespace-normal!`}>{describeAct(item, t)}</td>
              <td className={`${CELL} ${NOT_ON_PHONE} max-w-[420px] truncate text-ink-2`}>
                {item.call && (
                  <Link href={`/calls/${item.call.id}`} prefetch={false} className="mr-2.5 text-ink underline underline-offset-2">
                    <bdi>{item.call.customer ?? t('call-unnamed')}</bdi>
                  </Link>
                )}
                {item.user && item.user.id !== item.actor?.id && <bdi className="mr-2.5">{item.user.name ?? item.user.id}</bdi>}
                {item.device && <bdi className="mr-2.5">{item.device.name ?? item.device.id}</bdi>}
                <AuditDetail detail={item.detail} />
              </td>
              <td className={`${CELL} ${NOT_ON_PHONE} font-mono text-meta text-ink-3`}>{item.address}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Who({ item: { actor, guest } }: Readonly<{ item: AuditItem }>) {
  const t = useTranslations('audit')
  if (actor) return <bdi>{actor.name ?? actor.id}</bdi>
  if (guest === null) return <span className="font-normal text-ink-3">{t('nobody')}</span>
  return (
    <>
      <bdi>{guest}</bdi> <span className="font-normal text-ink-3">{t('guest')}</span>
    </>
  )
}
