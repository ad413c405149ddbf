/** Opens the dialog in which guests are let into this call. */
'use client'

import { UserPlus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { lazy, Suspense, useState } from 'react'
import { chipLook } from '../../ui/Chip'
import type { Invitations } from './listening-context'

const InviteDialog = lazy(() => import('./InviteDialog'))

export function InviteButton({ invitations }: Readonly<{ invitations: Invitations }>) {
  const t = useTranslations('live.guests')
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <button type="button" aria-haspopup="dialog" onClick={() => setIsOpen(true)} className={`${chipLook('plain')} hover:bg-sunken`}>
        <UserPlus aria-hidden="true" />
        {t('button')}
      </button>
      <Suspense>{isOpen && <InviteDialog invitations={invitations} onClose={() => setIsOpen(false)} />}</Suspense>
    </>
  )
}
