/** The way back to the wallboard, for whoever has one. */
'use client'

import { useTranslations } from 'next-intl'
import { BackLink } from '../../ui/BackLink'
import type { Listener } from './listening-context'

export function ToBoard({ listener }: Readonly<{ listener: Listener }>) {
  const t = useTranslations('live')
  return listener.by === 'session' ? <BackLink href="/live" label={t('back')} /> : null
}
