/** Removes a sample call after asking once, and says what is gone. */
'use client'

import { useTranslations } from 'next-intl'
import { useTransition } from 'react'
import type { RemovedSample } from '@/server/samples/samples'
import { ConfirmButton } from '../ui/ConfirmButton'
import { say } from '../ui/say'

export type OnRemoveSample = (callId: string) => Promise<RemovedSample | null>
type RemoveSampleProps = Readonly<{ callId: string; onRemove: OnRemoveSample; onRemoved?: () => void }>

const BYTES_PER_MB = 1_000_000

export function RemoveSample({ callId, onRemove, onRemoved }: RemoveSampleProps) {
  const t = useTranslations('sample')
  const [isWaiting, start] = useTransition()
  const remove = (): void =>
    start(async () => {
      const removed = await onRemove(callId).catch(() => null)
      if (removed === null) return say(t('not-removed'))
      say(t('removed', { count: removed.fileCount, megabytes: removed.bytes / BYTES_PER_MB }))
      onRemoved?.()
    })
  return (
    <ConfirmButton label={t(isWaiting ? 'removing' : 'remove')} title={t('remove-title')} confirm={t('remove')} cancel={t('cancel')} disabled={isWaiting} onConfirm={remove}>
      {t('remove-text')}
    </ConfirmButton>
  )
}
