/** Why a guest hears nothing, or nothing more. He has nowhere else to go, and is not told anything of the call. */
'use client'

import { CircleX, PhoneOff } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect } from 'react'
import { Button } from '../../ui/Button'
import { Explanation } from '../../ui/Explanation'
import type { EndedState } from './ListenEnded'

export function GuestEnded({ state }: Readonly<{ state: EndedState }>) {
  const t = useTranslations('join')
  const title = state.state === 'ended' ? t(`over.${state.why}.title`) : t('call-refused')
  useEffect(() => {
    document.title = title
  }, [title])
  return (
    <div className="grid min-h-dvh place-items-center">
      {state.state === 'ended' ? (
        <Explanation level={1} icon={<PhoneOff aria-hidden="true" />} title={title}>
          <p role="status">{t(`over.${state.why}.text`)}</p>
        </Explanation>
      ) : (
        <Explanation level={1} icon={<CircleX aria-hidden="true" />} title={title} action={<Button onClick={() => location.reload()}>{t('load-again')}</Button>} />
      )}
    </div>
  )
}
