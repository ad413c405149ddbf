/** Who is not on a call: tested and ready, or not and why. */
'use client'

import { CircleCheck, CircleDashed, CircleX, PowerOff, TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { BoardTechnician } from '@/protocol/live-messages'

const ICONS = { ready: CircleCheck, 'not-tested': CircleDashed, 'not-ready': CircleX, fault: TriangleAlert, away: PowerOff } as const
const TONES = { ready: 'text-ok', 'not-tested': 'text-ink-3', 'not-ready': 'text-warn', fault: 'text-bad', away: 'text-ink-3' } as const
const ORDER: readonly BoardTechnician['state'][] = ['fault', 'not-ready', 'not-tested', 'ready', 'away']

export function Technicians({ technicians }: Readonly<{ technicians: readonly BoardTechnician[] }>) {
  const t = useTranslations('live.technicians')
  if (technicians.length === 0) return null
  const ordered = technicians.toSorted((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || a.person.name.localeCompare(b.person.name))
  return (
    <section aria-labelledby="technicians" className="border-t border-line px-4 py-4">
      <h2 id="technicians" className="mb-2 font-semibold">
        {t('title')}
      </h2>
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(240px,1fr))] gap-x-6">
        {ordered.map(({ person, state, why }) => {
          const Icon = ICONS[state]
          return (
            <li key={person.id} className="flex min-w-0 items-start gap-2 py-1">
              <Icon size={15} aria-hidden="true" className={`mt-0.5 shrink-0 ${TONES[state]}`} />
              <span className="min-w-0">
                <bdi className="font-medium">{person.name}</bdi> <span className={state === 'fault' ? 'text-bad' : 'text-ink-2'}>{t(`state.${state}`)}</span>
                {why && <span className="block text-meta break-words text-ink-3">{why}</span>}
              </span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
