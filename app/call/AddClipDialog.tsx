/** Makes a clip of a moment: in which list, from when to when, with a first comment. */
'use client'

import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Dialog } from 'radix-ui'
import { useEffect, useState } from 'react'
import { DIALOG, OVERLAY } from '../ui/dialog'
import { useOpener } from '../ui/use-opener'
import { AddClipForm } from './AddClipForm'
import { type ClipDraft, type TrainingChoices, useCall } from './call-context'

export default function AddClipDialog({ draft, onClose }: Readonly<{ draft: ClipDraft; onClose: () => void }>) {
  const t = useTranslations('call.train')
  const { loadTrainingChoices } = useCall()
  const [choices, setChoices] = useState<TrainingChoices | 'failed' | null>(null)
  const giveBack = useOpener()
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
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className={OVERLAY} />
        <Dialog.Content onCloseAutoFocus={giveBack} className={`${DIALOG} grid w-[min(540px,calc(100vw-32px))] gap-3 p-5`}>
          <div className="flex items-center justify-between gap-4">
            <Dialog.Title className="text-title">{t('title')}</Dialog.Title>
            <Dialog.Close aria-label={t('close')} className="grid size-7 place-items-center rounded-md text-ink-2 hover:bg-sunken hover:text-ink">
              <X size={16} strokeWidth={1.75} aria-hidden="true" />
            </Dialog.Close>
          </div>
          <Dialog.Description className="text-ink-2">{t('text')}</Dialog.Description>
          {choices === null && <p role="status" className="text-ink-2">{t('loading')}</p>}
          {choices === 'failed' && <p role="alert" className="text-bad">{t('not-listed')}</p>}
          {choices !== null && choices !== 'failed' && <AddClipForm draft={draft} choices={choices} onDone={onClose} />}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
