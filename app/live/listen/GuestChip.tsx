/** As whom a guest listens and until when: he is reminded that he is seen. */
'use client'

import { UserCheck } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Instant } from '../../format/Instant'
import { Chip } from '../../ui/Chip'
import { Tip } from '../../ui/Tip'
import type { Listener } from './listening-context'

type GuestChipProps = Readonly<{ guest: Extract<Listener, { by: 'invitation' }>; technician: string }>

export function GuestChip({ guest, technician }: GuestChipProps) {
  const t = useTranslations('join')
  return (
    <Tip label={t('you-hint', { technician })} side="bottom">
      <Chip icon={<UserCheck aria-hidden="true" />}>
        <bdi className="max-w-60 truncate">{t('you', { name: guest.name, as: guest.as })}</bdi>
        <span>{t.rich('you-until', { time: () => <Instant at={guest.expiresAt} show="time" /> })}</span>
      </Chip>
    </Tip>
  )
}
