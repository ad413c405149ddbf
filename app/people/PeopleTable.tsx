/** A person a row; the row leads to what can be changed about him. */
'use client'

import { useTranslations } from 'next-intl'
import Link from 'next/link'
import type { UserItem } from '@/server/access/users'
import { Instant } from '../format/Instant'
import { Chip } from '../ui/Chip'
import { CELL, HEAD_CELL } from '../ui/table'

const COLUMNS = ['name', 'role', 'teams', 'seen'] as const
/** A phone shows who and as what. */
const NOT_ON_PHONE = 'max-md:hidden'
const LOOKS: Partial<Record<(typeof COLUMNS)[number], string>> = { teams: NOT_ON_PHONE, seen: NOT_ON_PHONE }

export function PeopleTable({ people }: Readonly<{ people: readonly UserItem[] }>) {
  const t = useTranslations('people')
  const role = useTranslations('shell.role')
  return (
    <div className="relative w-full flex-1 overflow-x-auto bg-surface" role="region" aria-label={t('title')} tabIndex={0}>
      <table className="w-full md:min-w-[720px]">
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
          {people.map((person) => (
            <tr key={person.id} className="relative h-11 border-b border-line transition-colors hover:bg-sunken has-[a:focus-visible]:bg-sunken">
              <th scope="row" className={`${CELL} max-w-[360px] max-md:max-w-[190px] truncate text-left font-semibold`}>
                <Link href={`/people/${person.id}`} prefetch={false} className="after:absolute after:inset-0">
                  <bdi>{person.name}</bdi>
                </Link>
                <span className="ml-2.5 font-normal text-ink-3 max-md:hidden">{person.email}</span>
              </th>
              <td className={CELL}>{person.isDisabled ? <Chip>{t('disabled')}</Chip> : role(person.role)}</td>
              <td className={`${CELL} ${NOT_ON_PHONE} max-w-[280px] truncate text-ink-2`}>
                <bdi>{person.teams.map(({ name }) => name).join(', ')}</bdi>
              </td>
              <td className={`${CELL} ${NOT_ON_PHONE} text-ink-2`}>{person.lastSeenAt ? <Instant at={person.lastSeenAt} show="day-and-time" /> : t('never')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
