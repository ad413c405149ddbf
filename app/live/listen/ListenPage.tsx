/** A call as it runs: heard, seen and read, with a word to the technician. */
'use client'

import { CircleX, CloudOff, PhoneOff } from 'lucide-react'
import { useTranslations } from 'next-intl'
import Link from 'next/link'
import { useEffect, useState } from 'react'
import type { CallId } from '@/protocol/ids'
import { CallListening } from '../../live-client/call-listening'
import type { LiveLink } from '../../live-client/live-link'
import { TopBar } from '../../shell/TopBar'
import { BackLink } from '../../ui/BackLink'
import { buttonLook } from '../../ui/Button'
import { Explanation } from '../../ui/Explanation'
import { Notice } from '../../ui/Notice'
import { LinkNotice } from '../LinkNotice'
import { useLink } from '../use-link'
import { useStore } from '../use-store'
import { LiveDesk } from './LiveDesk'
import type { MarkMoment } from './listening-context'

type ListenPageProps = Readonly<{ callId: CallId; mark: MarkMoment }>

export function ListenPage({ callId, mark }: ListenPageProps) {
  const link = useLink()
  const listening = useNewListening(link, callId)
  if (!link || !listening) return <Joining />
  return <Listening link={link} listening={listening} callId={callId} mark={mark} />
}

function Listening({ link, listening, callId, mark }: Readonly<{ link: LiveLink; listening: CallListening; callId: CallId; mark: MarkMoment }>) {
  const t = useTranslations('live')
  const state = useStore(listening.state)
  const isAgentAway = useStore(listening.isAgentAway)
  switch (state.state) {
    case 'joining':
      return (
        <>
          <Joining />
          <div className="grid gap-2 px-4 py-3">
            <LinkNotice link={link} away={t('away')} />
            {isAgentAway && (
              <Notice tone="warn" role="status" icon={<CloudOff aria-hidden="true" />}>
                {t('notice.agent-away')}
              </Notice>
            )}
          </div>
        </>
      )
    case 'listening':
      return <LiveDesk link={link} listening={listening} call={state.call} mark={mark} />
    case 'refused':
      return (
        <Closed title={t('listen.title')}>
          <Explanation icon={<CircleX aria-hidden="true" />} title={t('listen.refused')} action={<ToBoard />}>
            <p>{state.message}</p>
          </Explanation>
        </Closed>
      )
    case 'ended':
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
                <ToBoard />
              </>
            }
          >
            <p role="status">{t(`ended.${state.why}.text`)}</p>
          </Explanation>
        </Closed>
      )
  }
}

function ToBoard() {
  const t = useTranslations('live')
  return (
    <Link href="/live" prefetch={false} className={buttonLook('plain')}>
      {t('ended.to-board')}
    </Link>
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

function Joining() {
  const t = useTranslations('live')
  return (
    <>
      <TopBar title={t('listen.title')} back={<BackLink href="/live" label={t('back')} />} detail={t('listen.joining')} />
      <div aria-hidden="true" className="grid flex-1 wide:grid-cols-[minmax(0,1fr)_minmax(400px,32.5%)]">
        <div className="bg-sunken p-4">
          <div className="aspect-video rounded-lg border border-line-2 bg-surface" />
        </div>
        <div className="border-l border-line bg-surface max-wide:hidden" />
      </div>
    </>
  )
}

function useNewListening(link: LiveLink | null, callId: CallId): CallListening | null {
  const [listening, setListening] = useState<CallListening | null>(null)
  useEffect(() => {
    if (!link) return
    const made = new CallListening(link, callId)
    // eslint-disable-next-line react-hooks/set-state-in-effect -- sound and sockets belong to the page that stands, not to one that is being drawn
    setListening(made)
    return () => made.dispose()
  }, [link, callId])
  return listening
}
