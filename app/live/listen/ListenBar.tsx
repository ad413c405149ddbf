/** Who, for how long; is all of it kept, who listens, how late one hears and sees. */
'use client'

import { CirclePause, Ear, Mic, MicOff, UserCheck } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { TopBar } from '../../shell/TopBar'
import { BackLink } from '../../ui/BackLink'
import { Chip } from '../../ui/Chip'
import { Elapsed } from '../Elapsed'
import { KeptChip } from './KeptChip'
import { LatencyChip } from './LatencyChip'
import { useListening } from './listening-context'

export function ListenBar() {
  const t = useTranslations('live')
  const { link, call, view } = useListening()
  const listeners = [...new Map(view.present.map(({ person }) => [person.id, person])).values()]
  const witnesses = view.present.filter((one) => one.as === 'witness')
  return (
    <TopBar
      title={call.customerName ?? t('customer-unknown')}
      back={<BackLink href="/live" label={t('back')} />}
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
          <bdi className="max-w-52 truncate">{t('listeners', { names: listeners.map(({ name }) => name).join(', ') })}</bdi>
        </Chip>
      )}
      {witnesses.length > 0 && (
        <Chip icon={<UserCheck aria-hidden="true" />}>
          <bdi className="max-w-52 truncate">{t('witnesses', { names: witnesses.map(({ person }) => person.name).join(', ') })}</bdi>
        </Chip>
      )}
      <LatencyChip />
    </TopBar>
  )
}
