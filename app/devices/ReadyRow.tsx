/** What the last check before a shift found at a desk, under its row: what failed first, with what to do about it. */
'use client'

import { CircleAlert, CircleCheck, CircleX } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReadyResult, Verdict } from '@/protocol/ready'

const ICONS = { ok: CircleCheck, warn: CircleAlert, bad: CircleX } as const
const COLOURS = { ok: 'text-ok', warn: 'text-warn', bad: 'text-bad' } as const
const ORDER: readonly Verdict['state'][] = ['bad', 'warn', 'ok']

export function ReadyRow({ id, columnCount, ready }: Readonly<{ id: string; columnCount: number; ready: ReadyResult }>) {
  const t = useTranslations('devices.ready')
  const verdicts = ready.verdicts.toSorted((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state))
  return (
    <tr id={id} className="border-b border-line bg-sunken">
      <td colSpan={columnCount} className="p-0">
        <ul className="grid gap-2 px-4 py-3">
          {verdicts.map(({ name, state, found, remedy }) => {
            const Icon = ICONS[state]
            return (
              <li key={name} className="grid grid-cols-[16px_minmax(0,1fr)] items-start gap-x-2 sm:grid-cols-[16px_88px_minmax(0,1fr)]">
                <Icon size={16} className={`mt-0.5 ${COLOURS[state]}`} role="img" aria-label={t(`outcome.${state}`)} />
                <span className="font-medium">{t('check', { name })}</span>
                <span className="col-start-2 break-words text-ink-2 sm:col-start-3">
                  {found}
                  {remedy && <span className="block text-ink">{remedy}</span>}
                </span>
              </li>
            )
          })}
        </ul>
      </td>
    </tr>
  )
}
