/** Asks the server for a change: one at a time, and says how it went, passing by when it was done, staying when it was not. */
'use client'

import { useTranslations } from 'next-intl'
import { useState, useTransition } from 'react'
import type { ChangeAnswer } from './change-answer'
import { say } from './say'

type Change = Readonly<{
  isWaiting: boolean
  /** Why the last one was refused. */
  refusal: string | null
  run: (change: () => Promise<ChangeAnswer>, whenDone?: { say?: string; then?: () => void }) => void
}>

export function useChange(): Change {
  const t = useTranslations('change')
  const [isWaiting, start] = useTransition()
  const [refusal, setRefusal] = useState<string | null>(null)
  const run: Change['run'] = (change, whenDone) =>
    start(async () => {
      const answer = await change().catch((): ChangeAnswer => ({ isDone: false, message: t('unreachable') }))
      setRefusal(answer.isDone ? null : (answer.message ?? t('failed')))
      if (!answer.isDone) return
      if (whenDone?.say) say(whenDone.say)
      whenDone?.then?.()
    })
  return { isWaiting, refusal, run }
}
