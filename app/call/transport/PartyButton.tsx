/** Mutes one party. */
'use client'

import { Volume2, VolumeX } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { Party } from '../../player/party-mixer'
import { Button } from '../../ui/Button'
import { Tip } from '../../ui/Tip'
import { DOTS } from '../lanes/dots'

type PartyButtonProps = Readonly<{ party: Party; name: string; isMuted: boolean; onToggle: () => void }>

export function PartyButton({ party, name, isMuted, onToggle }: PartyButtonProps) {
  const t = useTranslations('call.transport')
  const label = t(isMuted ? 'unmute' : 'mute', { name })
  const Icon = isMuted ? VolumeX : Volume2
  return (
    <Tip label={label}>
      <Button kind="quiet" className="px-1.5" aria-label={t('mute', { name })} aria-pressed={isMuted} onClick={onToggle}>
        <span className={`size-2 rounded-[2px] ${DOTS[party]}`} aria-hidden="true" />
        <Icon size={16} strokeWidth={1.75} className={isMuted ? 'text-bad' : ''} aria-hidden="true" />
      </Button>
    </Tip>
  )
}
