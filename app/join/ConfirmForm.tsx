/** The guest says that he is whom the invitation names, and is taken to the call. */
'use client'

import { useTranslations } from 'next-intl'
import { useState, useTransition } from 'react'
import { Button } from '../ui/Button'
import { Refusal } from '../ui/Refusal'
import { confirm } from './actions'

export function ConfirmForm({ token, name }: Readonly<{ token: string; name: string }>) {
  const t = useTranslations('join')
  const [hasFailed, setHasFailed] = useState(false)
  const [isWaiting, start] = useTransition()
  const goOn = (): void =>
    start(async () => {
      const answer = await confirm(token).catch(() => null)
      setHasFailed(answer === null)
      if (answer?.state === 'confirmed') location.replace(`/join/call/${answer.id}`)
      else if (answer) location.reload()
    })
  return (
    <div className="grid gap-3">
      <Refusal text={hasFailed ? t('failed') : null} />
      <Button kind="primary" className="h-auto min-h-9 py-1.5 break-words whitespace-normal" disabled={isWaiting} onClick={goOn}>
        {isWaiting ? t('waiting') : t('button', { name })}
      </Button>
    </div>
  )
}
