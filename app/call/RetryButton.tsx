/** Has something that failed made again. */
'use client'

import { RotateCw } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useTransition } from 'react'
import type { TaskKind } from '@/server/timeline/view'
import { Button } from '../ui/Button'
import { useCall } from './call-context'

export function RetryButton({ kind }: Readonly<{ kind: TaskKind }>) {
  const t = useTranslations('call.task')
  const { retryTask } = useCall()
  const [isWaiting, start] = useTransition()
  return (
    <Button disabled={isWaiting} onClick={() => start(() => retryTask(kind))}>
      <RotateCw size={14} aria-hidden="true" />
      {t('retry')}
    </Button>
  )
}
