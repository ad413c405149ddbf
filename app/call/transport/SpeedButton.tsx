/** How fast it plays; a press opens the choice. */
'use client'

import { useTranslations } from 'next-intl'
import { lazy } from 'react'
import { buttonLook } from '../../ui/Button'
import { OnDemand } from '../../ui/OnDemand'
import { useClockState } from '../clock'

const SpeedMenu = lazy(() => import('./SpeedMenu'))
const LOOK = `${buttonLook('quiet')} times px-2`

export function SpeedButton() {
  const t = useTranslations('call.transport')
  const { rate } = useClockState()
  const content = (
    <>
      <span className="sr-only">{t('speed')}</span>
      {rate}×
    </>
  )
  return (
    <OnDemand opens="menu" className={LOOK} content={content}>
      <SpeedMenu className={LOOK} content={content} />
    </OnDemand>
  )
}
