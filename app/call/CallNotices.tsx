/** What has to be known before the rest: a refused log, an agent that went away, a page that does not get news. */
'use client'

import { CloudOff, ShieldAlert, WifiOff } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Instant } from '../format/Instant'
import { Notice } from '../ui/Notice'
import { useCall } from './call-context'

export function CallNotices({ isLost }: Readonly<{ isLost: boolean }>) {
  const t = useTranslations('call.notice')
  const { call } = useCall()
  if (!isLost && !call.fault && !call.agentAwaySince) return null
  return (
    <div className="grid gap-2 border-b border-line bg-surface px-4 py-2">
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
