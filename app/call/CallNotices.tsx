/** What has to be known before the rest: why the page cannot go on, a refused log, an agent that went away, no news. */
'use client'

import { CloudOff, FileX, LogIn, ShieldAlert, WifiOff } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Instant } from '../format/Instant'
import { buttonLook } from '../ui/Button'
import { Notice } from '../ui/Notice'
import { useCall } from './call-context'
import { useClock } from './clock'
import { SampleNotice } from './SampleNotice'
import type { Standing } from './standing'

export function CallNotices({ isLost }: Readonly<{ isLost: boolean }>) {
  const t = useTranslations('call.notice')
  const { call, standing } = useCall()
  if (standing === 'fine' && !isLost && !call.fault && !call.agentAwaySince && !call.isSample) return null
  return (
    <div className="grid gap-2 border-b border-line bg-surface px-4 py-2">
      {standing !== 'fine' && <StandingNotice standing={standing} />}
      {call.isSample && <SampleNotice />}
      {call.fault && (
        <Notice tone="bad" role="alert" icon={<ShieldAlert aria-hidden="true" />}>
          {t('fault', { fault: call.fault })}
        </Notice>
      )}
      {call.agentAwaySince && (
        <Notice tone="warn" role="status" icon={<CloudOff aria-hidden="true" />}>
          {t.rich('agent-away', { time: () => <Instant at={call.agentAwaySince!} show="time" /> })}
        </Notice>
      )}
      {isLost && (
        <Notice tone="warn" role="status" icon={<WifiOff aria-hidden="true" />}>
          {t('no-news')}
        </Notice>
      )}
    </div>
  )
}

function StandingNotice({ standing }: Readonly<{ standing: Exclude<Standing, 'fine'> }>) {
  const t = useTranslations('call.notice')
  const { call } = useCall()
  const clock = useClock()
  switch (standing) {
    case 'signed-out':
      return (
        <Notice
          tone="warn"
          role="alert"
          icon={<LogIn aria-hidden="true" />}
          action={
            // In a window of its own: this page keeps its place, and goes on by itself.
            <a href={`/sign-in?next=${encodeURIComponent(`/calls/${call.id}?t=${clock.atMs}`)}`} target="_blank" rel="noreferrer" className={buttonLook('plain')}>
              {t('sign-in')}
            </a>
          }
        >
          {t('signed-out')}
        </Notice>
      )
    case 'unreachable':
      return (
        <Notice tone="warn" role="alert" icon={<WifiOff aria-hidden="true" />}>
          {t('unreachable')}
        </Notice>
      )
    case 'gone':
      return (
        <Notice tone="bad" role="alert" icon={<FileX aria-hidden="true" />}>
          {t('gone')}
        </Notice>
      )
  }
}
