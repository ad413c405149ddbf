/** Whether all of the call was recorded. */
'use client'

import { CircleCheck, CirclePause, TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { formatLength } from '../format/duration'
import { type CoverageRange, totalCoverage } from '../player/coverage'
import { useCall } from './call-context'
import { CertificateChip } from './CertificateChip'

export function CoverageChip({ coverage }: Readonly<{ coverage: readonly CoverageRange[] }>) {
  const t = useTranslations('call.certificate')
  const { call } = useCall()
  const { pausedMs, lostMs, lostTracks } = totalCoverage(coverage)
  const paused = pausedMs > 0 && t('paused', { length: formatLength(pausedMs) })
  if (lostMs > 0) {
    const lost = t('lost', { length: formatLength(lostMs), track: lostTracks.length === 1 ? lostTracks[0]! : 'several' })
    return <CertificateChip tone="bad" icon={<TriangleAlert aria-hidden="true" />} text={[lost, paused].filter(Boolean).join(', ')} />
  }
  if (paused) return <CertificateChip tone="plain" icon={<CirclePause aria-hidden="true" />} text={paused} />
  return <CertificateChip tone="plain" icon={<CircleCheck aria-hidden="true" />} text={t(call.state === 'closed' ? 'complete' : 'complete-so-far')} />
}
