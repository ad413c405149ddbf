/** Is all of it kept? */
'use client'

import { CircleCheck, CircleHelp, CirclePause, TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { formatLength } from '../../format/duration'
import { Chip } from '../../ui/Chip'
import { Tip } from '../../ui/Tip'
import { useStore } from '../use-store'
import { keptOf } from './kept'
import { useListening } from './listening-context'

export function KeptChip() {
  const t = useTranslations('live.kept')
  const { link, listening, view } = useListening()
  const linkState = useStore(link.state)
  const isAgentAway = useStore(listening.isAgentAway)
  const { isStalled } = useStore(listening.player.state)
  // In a pause nothing is meant to come.
  const kept = keptOf(view, linkState !== 'open' || isAgentAway || (isStalled && !view.pause))
  switch (kept.state) {
    case 'lost': {
      const losses = view.losses.filter(({ lostMs }) => lostMs > 0)
      return (
        <Tip label={losses.map(({ track, lostMs }) => t('of-track', { track, length: formatLength(lostMs) })).join(', ')} side="bottom">
          <Chip tone="bad" icon={<TriangleAlert aria-hidden="true" />}>
            {t('lost', { length: formatLength(kept.lostMs) })}
          </Chip>
        </Tip>
      )
    }
    case 'unknown':
      return <Chip icon={<CircleHelp aria-hidden="true" />}>{t('unknown')}</Chip>
    case 'until-pause':
      return <Chip icon={<CirclePause aria-hidden="true" />}>{t('until-pause')}</Chip>
    case 'whole':
      return (
        <Chip tone="ok" icon={<CircleCheck aria-hidden="true" />}>
          {kept.pausedMs > 0 ? t('paused', { length: formatLength(kept.pausedMs) }) : t('whole')}
        </Chip>
      )
  }
}
