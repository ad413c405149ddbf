/** Is it whole and unaltered, in one glance; the sums and the proof on a press. */
'use client'

import { ShieldAlert, ShieldCheck } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { lazy } from 'react'
import { formatLength } from '../format/duration'
import { type CoverageRange, totalCoverage } from '../player/coverage'
import { chipLook, type Tone } from '../ui/Chip'
import { OnDemand } from '../ui/OnDemand'
import { useCall } from './call-context'

const CertificatePopover = lazy(() => import('./CertificatePopover'))

export function CertificateChip({ coverage }: Readonly<{ coverage: readonly CoverageRange[] }>) {
  const t = useTranslations('call.certificate')
  const { call } = useCall()
  const { pausedMs, lostMs, lostTracks } = totalCoverage(coverage)
  const parts = [
    call.fault ? t('refused') : call.proof.unsignedCount > 0 ? t('chained', { count: call.proof.unsignedCount }) : t('verified'),
    lostMs > 0 && t('lost', { length: formatLength(lostMs), track: lostTracks.length === 1 ? lostTracks[0]! : 'several' }),
    pausedMs > 0 && t('paused', { length: formatLength(pausedMs) }),
  ]
  const tone: Tone = call.fault || lostMs > 0 ? 'bad' : call.proof.unsignedCount > 0 && call.state === 'closed' ? 'warn' : 'ok'
  const Icon = tone === 'ok' ? ShieldCheck : ShieldAlert
  const look = chipLook(tone)
  const content = (
    <>
      <Icon aria-hidden="true" />
      <span className="truncate">{parts.filter(Boolean).join(', ')}</span>
    </>
  )
  return (
    <OnDemand opens="dialog" className={look} content={content}>
      <CertificatePopover className={look} content={content} />
    </OnDemand>
  )
}
