/** Shows which device asks, and takes the decision. */
'use client'

import { CircleCheck, CircleX } from 'lucide-react'
import { useTranslations } from 'next-intl'
import Link from 'next/link'
import { useState, useTransition } from 'react'
import { Instant } from '../format/Instant'
import { Button, buttonLook } from '../ui/Button'
import { Explanation } from '../ui/Explanation'
import { Notice } from '../ui/Notice'

export type AskingDevice = Readonly<{ userCode: string; name: string; platform: string; agentVersion: string; askedAt: string }>
type Decision = 'approved' | 'denied'
type ApproveDeviceProps = Readonly<{ device: AskingDevice; onDecide: (userCode: string, decision: Decision) => Promise<boolean> }>

export function ApproveDevice({ device, onDecide }: ApproveDeviceProps) {
  const t = useTranslations('approve')
  const [outcome, setOutcome] = useState<Decision | 'unknown' | 'failed' | null>(null)
  const [isWaiting, start] = useTransition()
  const decide = (decision: Decision): void =>
    start(async () => {
      const isDone = await onDecide(device.userCode, decision).catch(() => null)
      setOutcome(isDone === null ? 'failed' : isDone ? decision : 'unknown')
    })

  if (outcome === 'approved' || outcome === 'denied')
    return (
      <Explanation
        icon={outcome === 'approved' ? <CircleCheck aria-hidden="true" /> : <CircleX aria-hidden="true" />}
        title={t(outcome, { name: device.name })}
        action={
          <Link href="/devices" className={buttonLook('plain')}>
            {t('back')}
          </Link>
        }
      >
        <p>{t(`${outcome}-text`)}</p>
      </Explanation>
    )
  return (
    <div className="grid gap-4">
      <p className="text-ink-2">{t('text')}</p>
      {outcome && (
        <Notice tone="bad" role="alert">
          {t(outcome)}
        </Notice>
      )}
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-1.5 rounded-lg border border-line-2 bg-surface p-4">
        <dt className="text-ink-3">{t('code')}</dt>
        <dd className="font-mono font-semibold">{device.userCode}</dd>
        <dt className="text-ink-3">{t('device')}</dt>
        <dd className="break-words">{device.name}</dd>
        <dt className="text-ink-3">{t('platform')}</dt>
        <dd className="break-words">{device.platform}</dd>
        <dt className="text-ink-3">{t('agent')}</dt>
        <dd>{device.agentVersion}</dd>
        <dt className="text-ink-3">{t('asked')}</dt>
        <dd>
          <Instant at={device.askedAt} show="day-and-time" />
        </dd>
      </dl>
      <div className="flex flex-wrap gap-2">
        <Button kind="primary" disabled={isWaiting} onClick={() => decide('approved')}>
          {t('approve')}
        </Button>
        <Button disabled={isWaiting} onClick={() => decide('denied')}>
          {t('deny')}
        </Button>
      </div>
    </div>
  )
}
