/** Opens the dialog in which the call is given to reviewers. */
'use client'

import { UserPlus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { lazy, Suspense, useState } from 'react'
import { chipLook } from '../ui/Chip'

const GiveDialog = lazy(() => import('./GiveDialog'))

export function GiveButton() {
  const t = useTranslations('call.give')
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <button type="button" aria-haspopup="dialog" onClick={() => setIsOpen(true)} className={`${chipLook('plain')} hover:bg-sunken`}>
        <UserPlus aria-hidden="true" />
        {t('button')}
      </button>
      <Suspense>{isOpen && <GiveDialog onClose={() => setIsOpen(false)} />}</Suspense>
    </>
  )
}
