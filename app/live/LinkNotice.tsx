/** How the page stands with the server, when that is not simply well. */
'use client'

import { CloudOff, LogIn } from 'lucide-react'
import { useTranslations } from 'next-intl'
import Link from 'next/link'
import type { LiveLink } from '../live-client/live-link'
import { Button, buttonLook } from '../ui/Button'
import { Notice } from '../ui/Notice'
import { useStore } from './use-store'

/** `away`: what is still there and what will happen. */
type LinkNoticeProps = Readonly<{ link: LiveLink; away: string; isGuest?: boolean }>

export function LinkNotice({ link, away, isGuest = false }: LinkNoticeProps) {
  const t = useTranslations('live')
  const join = useTranslations('join')
  const state = useStore(link.state)
  if (state === 'away') {
    return (
      <Notice tone="warn" role="status" icon={<CloudOff aria-hidden="true" />}>
        {away}
      </Notice>
    )
  }
  if (state !== 'refused') return null
  return (
    <Notice
      tone="bad"
      role="alert"
      icon={<LogIn aria-hidden="true" />}
      action={
        isGuest ? (
          <Button onClick={() => location.reload()}>{join('load-again')}</Button>
        ) : (
          <Link href="/sign-in?next=/live" className={buttonLook('plain')}>
            {t('sign-in')}
          </Link>
        )
      }
    >
      {isGuest ? join('refused') : t('refused')}
    </Notice>
  )
}
