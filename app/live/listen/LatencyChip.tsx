/** How late one hears and sees, as measured. */
'use client'

import { Timer } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Chip } from '../../ui/Chip'
import { Tip } from '../../ui/Tip'
import { useStore } from '../use-store'
import { useListening } from './listening-context'

export function LatencyChip() {
  const t = useTranslations('live.latency')
  const { listening, call } = useListening()
  const { soundMs, screenMs } = useStore(listening.player.latency)
  const { mode, behindMs } = useStore(listening.player.state)
  if (mode === 'back') return <Chip tone="warn" icon={<Timer aria-hidden="true" />} className="times">{t('behind', { seconds: Math.round(behindMs / 1_000) })}</Chip>
  return (
    <Tip label={t('hint')} side="bottom">
      <Chip icon={<Timer aria-hidden="true" />} className="times">
        {soundMs === null ? t('no-sound') : t('sound', { ms: soundMs })}
        {call.screenSize && <> · {screenMs === null ? t('no-screen') : t('screen', { ms: screenMs })}</>}
      </Chip>
    </Tip>
  )
}
