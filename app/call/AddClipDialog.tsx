/** Makes a clip of a moment: in which list, from when to when, with a first comment. */
'use client'

import { useTranslations } from 'next-intl'
import { TitledDialog } from '../ui/TitledDialog'
import { useEffect, useState } from 'react'
import { AddClipForm } from './AddClipForm'
import { type ClipDraft, type TrainingChoices, useCall } from './call-context'

export default function AddClipDialog({ draft, onClose }: Readonly<{ draft: ClipDraft; onClose: () => void }>) {
  const t = useTranslations('call.train')
  const { loadTrainingChoices } = useCall()
  const [choices, setChoices] = useState<TrainingChoices | 'failed' | null>(null)
  useEffect(() => {
    let isGone = false
    const show = (answer: TrainingChoices | null): void => {
      if (!isGone) setChoices(answer ?? 'failed')
    }
    loadTrainingChoices().then(show, () => show(null))
    return () => {
      isGone = true
    }
  }, [loadTrainingChoices])
  return (
    <TitledDialog title={t('title')} text={t('text')} className="w-[min(540px,calc(100vw-32px))]" onClose={onClose}>
      {choices === null && <p role="status" className="text-ink-2">{t('loading')}</p>}
      {choices === 'failed' && <p role="alert" className="text-bad">{t('not-listed')}</p>}
      {choices !== null && choices !== 'failed' && <AddClipForm draft={draft} choices={choices} onDone={onClose} />}
    </TitledDialog>
  )
}
