/** Why there is nothing to play yet, and what can be done. */
'use client'

import { Hourglass, Radio, TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { formatLength } from '../../format/duration'
import { Explanation } from '../../ui/Explanation'
import { useCall } from '../call-context'
import { RetryButton } from '../RetryButton'

export function NoPlayback() {
  const t = useTranslations('call.stage')
  const { call } = useCall()
  const task = call.tasks.find(({ kind }) => kind === 'playback')
  if (call.state !== 'closed')
    return (
      <Explanation icon={<Radio aria-hidden="true" />} title={t(`running.${call.state}`)}>
        <p>{t('running-text', { length: formatLength(call.lengthMs) })}</p>
      </Explanation>
    )
  if (task?.state === 'failed')
    return (
      <Explanation icon={<TriangleAlert aria-hidden="true" />} title={t('failed')} action={<RetryButton kind="playback" />}>
        <p>{task.error}</p>
        <p>{t('failed-text')}</p>
      </Explanation>
    )
  return (
    <Explanation icon={<Hourglass aria-hidden="true" />} title={t('making')}>
      <p>{t('making-text')}</p>
    </Explanation>
  )
}
