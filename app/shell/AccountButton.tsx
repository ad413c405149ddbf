/** The initials of who is signed in; a press opens his menu. */
'use client'

import { useTranslations } from 'next-intl'
import { lazy } from 'react'
import { initials } from '../format/initials'
import { OnDemand } from '../ui/OnDemand'

export type Account = Readonly<{ name: string; role: 'technician' | 'supervisor' | 'reviewer' | 'admin' }>

const AccountMenu = lazy(() => import('./AccountMenu'))
const LOOK = 'grid size-7 place-items-center rounded-full bg-technician-tint text-label font-semibold text-technician md:mt-1'

export function AccountButton({ account }: Readonly<{ account: Account }>) {
  const t = useTranslations('shell')
  const content = (
    <>
      <span className="sr-only">{t('account', { name: account.name })}</span>
      <span aria-hidden="true">{initials(account.name)}</span>
    </>
  )
  return (
    <OnDemand opens="menu" className={LOOK} content={content}>
      <AccountMenu account={account} className={LOOK} content={content} />
    </OnDemand>
  )
}
