/** The calls that were found, as lines of the palette. */
'use client'

import { Command as Cmdk } from 'cmdk'
import { List } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useRouter } from 'next/navigation'
import type { FoundCall } from '@/server/timeline/view'
import { Instant } from '../format/Instant'
import { GROUP, ITEM } from './look'

type FoundCallsProps = Readonly<{ calls: readonly FoundCall[]; choose: (act: () => void) => () => void }>

export function FoundCalls({ calls, choose }: FoundCallsProps) {
  const t = useTranslations('palette')
  const unknown = useTranslations('calls')('customer-unknown')
  const router = useRouter()
  if (calls.length === 0) return null
  // The server has said that they fit: the palette's own filter knows nothing of tickets.
  return (
    <Cmdk.Group forceMount heading={t('calls')} className={GROUP}>
      {calls.map(({ id, startedAt, customer, technician, ticket }) => (
        <Cmdk.Item key={id} forceMount value={id} onSelect={choose(() => router.push(`/calls/${id}`))} className={ITEM}>
          <List aria-hidden="true" />
          <bdi className="min-w-0 truncate font-medium">{customer.name ?? customer.phone ?? unknown}</bdi>
          {ticket && <bdi className="shrink-0 text-ink-2">#{ticket.id}</bdi>}
          <bdi className="min-w-0 flex-1 truncate text-ink-2">{technician}</bdi>
          <Instant at={startedAt} show="day-and-time" className="shrink-0 text-ink-2" />
        </Cmdk.Item>
      ))}
    </Cmdk.Group>
  )
}
