/** Why a call needs a look, in words; nothing when it does not. */
'use client'

import { useTranslations } from 'next-intl'
import type { CallListItem } from '@/server/timeline/view'
import { formatLength } from '../format/duration'
import { Chip } from '../ui/Chip'
import { findLookAt } from './summary'

export function LookAtChip({ call }: Readonly<{ call: CallListItem }>) {
  const t = useTranslations('calls')
  const look = findLookAt(call)
  switch (look?.kind) {
    case undefined:
      return null
    case 'fault':
      return <Chip tone="bad">{t('look-at.fault')}</Chip>
    case 'lost':
      return <Chip tone="bad">{look.track ? t('look-at.track-lost', { length: formatLength(look.lostMs), track: look.track }) : t('look-at.lost', { length: formatLength(look.lostMs) })}</Chip>
    case 'transcript':
      return <Chip tone="warn">{t('look-at.transcript')}</Chip>
    case 'away':
      return <Chip tone="warn">{t('look-at.away')}</Chip>
    case 'running':
      return (
        <Chip icon={<span className="size-2 rounded-full bg-bad" aria-hidden="true" />}>{t(`state.${look.state}`)}</Chip>
      )
  }
}
