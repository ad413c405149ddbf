/** Why a supervisor hears nothing, or nothing more, of this call, and where to go from here. */
'use client'

import { CircleX, PhoneOff } from 'lucide-react'
import { useTranslations } from 'next-intl'
import Link from 'next/link'
import type { CallId } from '@/protocol/ids'
import type { ListeningState } from '../../live-client/call-listening'
import { TopBar } from '../../shell/TopBar'
import { BackLink } from '../../ui/BackLink'
import { buttonLook } from '../../ui/Button'
import { Explanation } from '../../ui/Explanation'

export type EndedState = Extract<ListeningState, { state: 'refused' | 'ended' }>

export function ListenEnded({ state, callId }: Readonly<{ state: EndedState; callId: CallId }>) {
  const t = useTranslations('live')
  const toBoard = (
    <Link href="/live" prefetch={false} className={buttonLook('plain')}>
      {t('ended.to-board')}
    </Link>
  )
  if (state.state === 'refused')
    return (
      <Closed title={t('listen.title')}>
        <Explanation icon={<CircleX aria-hidden="true" />} title={t('listen.refused')} action={toBoard}>
          <p>{state.message}</p>
        </Explanation>
      </Closed>
    )
  return (
    <Closed title={state.call?.customerName ?? t('listen.title')}>
      <Explanation
        icon={<PhoneOff aria-hidden="true" />}
        title={t(`ended.${state.why}.title`)}
        action={
          <>
            {state.why === 'closed' && (
              <Link href={`/calls/${callId}`} prefetch={false} className={buttonLook('primary')}>
                {t('ended.to-call')}
              </Link>
            )}
            {toBoard}
          </>
        }
      >
        <p role="status">{t(`ended.${state.why}.text`)}</p>
      </Explanation>
    </Closed>
  )
}

function Closed({ title, children }: Readonly<{ title: string; children: React.ReactNode }>) {
  const t = useTranslations('live')
  return (
    <>
      <TopBar title={title} back={<BackLink href="/live" label={t('back')} />} />
      <div className="grid min-h-[70dvh] place-items-center">{children}</div>
    </>
  )
}
