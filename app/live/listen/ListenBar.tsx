/** Who, for how long; is all of it kept, who listens, how late one hears and sees. */
'use client'

import { CirclePause, Ear, Mic, MicOff, UserCheck } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { presenceRole } from '@/protocol/presence'
import { TopBar } from '../../shell/TopBar'
import { Chip } from '../../ui/Chip'
import { Elapsed } from '../Elapsed'
import { GuestChip } from './GuestChip'
import { InviteButton } from './InviteButton'
import { KeptChip } from './KeptChip'
import { LatencyChip } from './LatencyChip'
import type { Presence } from './live-view'
import { useListening } from './listening-context'
import { ToBoard } from './ToBoard'

export function ListenBar() {
  const t = useTranslations('live')
  const { link, call, view, listener } = useListening()
  const nameOf = (one: Presence): string => (presenceRole(one) === 'trainee' ? t('trainee', { name: one.person.name }) : one.person.name)
  const listeners = [...new Map(view.present.map((one) => [one.person.id, nameOf(one)])).values()]
  const witnesses = view.present.filter((one) => presenceRole(one) === 'witness').map(nameOf)
  return (
    <TopBar
      title={call.customerName ?? t('customer-unknown')}
      back={<ToBoard listener={listener} />}
      detail={
        <>
          <bdi>{call.technician.name}</bdi> · <Elapsed since={call.startedAt} clock={link.clock} />
        </>
      }
    >
      {view.pause ? (
        <Chip tone="warn" icon={<CirclePause aria-hidden="true" />}>
          {t('paused')}
        </Chip>
      ) : (
        <Chip tone="bad" icon={<span className="size-2 rounded-full bg-bad" aria-hidden="true" />}>
          {t('recording')}
        </Chip>
      )}
      <KeptChip />
      <Chip icon={view.hasConsent ? <Mic aria-hidden="true" /> : <MicOff aria-hidden="true" />}>{t(view.hasConsent ? 'consent.given' : 'consent.missing')}</Chip>
      {listeners.length > 0 && (
        <Chip icon={<Ear aria-hidden="true" />}>
          <bdi className="max-w-52 truncate">{t('listeners', { names: listeners.join(', ') })}</bdi>
        </Chip>
      )}
      {witnesses.length > 0 && (
        <Chip icon={<UserCheck aria-hidden="true" />}>
          <bdi className="max-w-52 truncate">{t('witnesses', { names: witnesses.join(', ') })}</bdi>
        </Chip>
      )}
      <LatencyChip />
      {listener.by === 'session' ? <InviteButton invitations={listener.invitations} /> : <GuestChip guest={listener} technician={call.technician.name} />}
    </TopBar>
  )
}
