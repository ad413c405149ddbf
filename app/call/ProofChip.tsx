/** Whether anybody could have changed what was recorded; how much of the call that is, the chip beside it says. */
'use client'

import { ShieldAlert, ShieldCheck } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useCall } from './call-context'
import { CertificateChip } from './CertificateChip'

export function ProofChip() {
  const t = useTranslations('call.certificate')
  const { call } = useCall()
  const { unsignedCount } = call.proof
  if (call.fault) return <CertificateChip tone="bad" icon={<ShieldAlert aria-hidden="true" />} text={t('refused')} />
  if (unsignedCount === 0) return <CertificateChip tone="ok" icon={<ShieldCheck aria-hidden="true" />} text={t('verified')} />
  // The end of a call that runs waits for its next seal; that of a closed one has none coming.
  const isOver = call.state === 'closed'
  return <CertificateChip tone={isOver ? 'warn' : 'ok'} icon={isOver ? <ShieldAlert aria-hidden="true" /> : <ShieldCheck aria-hidden="true" />} text={t('chained', { count: unsignedCount })} />
}
