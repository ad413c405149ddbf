/** One answer about the call's record in a glance; the sums and the proof on a press. */
'use client'

import { lazy, type ReactNode } from 'react'
import { chipLook, type Tone } from '../ui/Chip'
import { OnDemand } from '../ui/OnDemand'

const CertificatePopover = lazy(() => import('./CertificatePopover'))

export function CertificateChip({ tone, icon, text }: Readonly<{ tone: Tone; icon: ReactNode; text: string }>) {
  const look = chipLook(tone)
  const content = (
    <>
      {icon}
      <span className="truncate">{text}</span>
    </>
  )
  return (
    <OnDemand opens="dialog" className={look} content={content}>
      <CertificatePopover className={look} content={content} />
    </OnDemand>
  )
}
