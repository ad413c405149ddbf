/** Under the words: a machine made them, and which. */
'use client'

import { useTranslations } from 'next-intl'
import { useCall } from '../call-context'

export function WordsOrigin() {
  const t = useTranslations('call.words')
  const { call } = useCall()
  if (call.utterances.length === 0) return null
  return <p className="border-t border-line px-4 py-1 text-label text-ink-3">{t('machine', { engine: call.speechModel })}</p>
}
