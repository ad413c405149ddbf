/** Who, when, how long; is it whole, was consent given. */
'use client'

import { ArrowLeft, Ticket } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { memo } from 'react'
import Link from 'next/link'
import { formatLength } from '../format/duration'
import { Instant } from '../format/Instant'
import type { CoverageRange } from '../player/coverage'
import { TopBar } from '../shell/TopBar'
import { Chip, chipLook } from '../ui/Chip'
import { findTicket } from './action-text'
import { useCall } from './call-context'
import { ConsentChip } from './ConsentChip'
import { CopyMomentButton } from './CopyMomentButton'
import { CoverageChip } from './CoverageChip'
import { GiveButton } from './GiveButton'
import { customerName } from './people'
import { ProofChip } from './ProofChip'

export const CallBar = memo(function CallBar({ coverage }: Readonly<{ coverage: readonly CoverageRange[] }>) {
  const t = useTranslations('call')
  const { call, viewer } = useCall()
  const ticket = findTicket(call.actions)
  return (
    <TopBar
      title={customerName(call.customer, t)}
      back={
        <Link href="/calls" prefetch={false} aria-label={t('back')} className="-ml-1 grid size-7 place-items-center rounded-md text-ink-3 hover:bg-sunken hover:text-ink">
          <ArrowLeft size={18} strokeWidth={1.75} aria-hidden="true" />
        </Link>
      }
      detail={
        <>
          <Instant at={call.startedAt} show="day-and-time" /> · {formatLength(call.lengthMs)} · <bdi>{call.technician.name}</bdi>
        </>
      }
      action={<CopyMomentButton />}
    >
      {call.state !== 'closed' && (
        <Chip tone="bad" icon={<span className="size-2 rounded-full bg-bad" aria-hidden="true" />}>
          {t(`state.${call.state}`)}
        </Chip>
      )}
      {call.isSample && <Chip>{t('sample')}</Chip>}
      {ticket &&
        (ticket.url ? (
          <a href={ticket.url} target="_blank" rel="noreferrer" className={`${chipLook('plain')} hover:bg-sunken`}>
            <Ticket aria-hidden="true" />
            {ticket.label}
          </a>
        ) : (
          <Chip icon={<Ticket aria-hidden="true" />}>{ticket.label}</Chip>
        ))}
      <ProofChip />
      <CoverageChip coverage={coverage} />
      <ConsentChip />
      {viewer.mayGive && <GiveButton />}
    </TopBar>
  )
})
