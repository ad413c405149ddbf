/** Makes a clip of a moment, for those who may. */
'use client'

import { GraduationCap } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Button } from '../ui/Button'
import { type ClipDraft, mayNote, useCall } from './call-context'

export function TrainButton({ draft, className }: Readonly<{ draft: ClipDraft; className?: string }>) {
  const t = useTranslations('call.train')
  const { call, viewer, train } = useCall()
  if (!viewer.mayTrain || !mayNote(call)) return null
  return (
    <Button className={className} aria-haspopup="dialog" onClick={() => train(draft)}>
      <GraduationCap size={15} strokeWidth={1.75} aria-hidden="true" />
      {t('button')}
    </Button>
  )
}
