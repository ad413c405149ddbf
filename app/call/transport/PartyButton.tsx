/** How loud one party is, and whether it is heard at all. */
'use client'

import { Volume1, Volume2, VolumeX } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { AudioTrack } from '@/protocol/tracks'
import { Button } from '../../ui/Button'
import { Tip } from '../../ui/Tip'
import { DOTS } from '../lanes/dots'
import type { PartySound } from '../stage/use-mixer'

type PartyButtonProps = Readonly<{ party: AudioTrack; name: string; sound: PartySound; onToggle: () => void; onVolume: (volume: number) => void }>

export function PartyButton({ party, name, sound: { isMuted, volume }, onToggle, onVolume }: PartyButtonProps) {
  const t = useTranslations('call.transport')
  const isSilent = isMuted || volume === 0
  const Icon = isSilent ? VolumeX : volume < 0.5 ? Volume1 : Volume2
  return (
    <div className="flex items-center">
      <Tip label={t(isMuted ? 'unmute' : 'mute', { name })}>
        <Button kind="quiet" className="px-1.5" aria-label={t('mute', { name })} aria-pressed={isMuted} onClick={onToggle}>
          <span className={`size-2 rounded-[2px] ${DOTS[party]}`} aria-hidden="true" />
          <Icon size={16} strokeWidth={1.75} className={isSilent ? 'text-bad' : ''} aria-hidden="true" />
        </Button>
      </Tip>
      <input
        type="range"
        min={0}
        max={1}
        step={0.05}
        value={isMuted ? 0 : volume}
        aria-label={t('volume', { name })}
        aria-valuetext={t('percent', { value: Math.round((isMuted ? 0 : volume) * 100) })}
        onChange={(event) => onVolume(Number(event.target.value))}
        className="w-12 accent-ink"
      />
    </div>
  )
}
