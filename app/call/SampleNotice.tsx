/** That this call is a sample, and the way to be rid of it. */
'use client'

import { FlaskConical } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useRouter } from 'next/navigation'
import { Notice } from '../ui/Notice'
import { RemoveSample } from '../welcome/RemoveSample'
import { useCall } from './call-context'

export function SampleNotice() {
  const t = useTranslations('sample')
  const router = useRouter()
  const { call, viewer, removeSample } = useCall()
  return (
    <Notice icon={<FlaskConical aria-hidden="true" />} action={viewer.mayRemoveSample && <RemoveSample callId={call.id} onRemove={removeSample} onRemoved={() => router.push('/calls')} />}>
      {t('notice')}
    </Notice>
  )
}
