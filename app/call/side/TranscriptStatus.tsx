/** What is to be known of the words themselves: still coming, failed, none on a track, heard through the other track. */
'use client'

import { Captions, CaptionsOff, TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Notice } from '../../ui/Notice'
import { useCall } from '../call-context'
import { RetryButton } from '../RetryButton'

/** A leak below this is neither heard nor recognised. */
const AUDIBLE_LEAK_DB = -30

export function TranscriptStatus() {
  const t = useTranslations('call.words')
  const { call } = useCall()
  const task = call.tasks.find(({ kind }) => kind === 'transcript')
  const isOver = call.state === 'closed' && task?.state === 'done'
  const voices = call.tracks.map(({ track }) => track).filter((track) => track !== 'screen' && track !== 'coach')
  const silent = call.utterances.length === 0 ? ['all'] : voices.filter((voice) => !call.utterances.some(({ track }) => track === voice))
  const leaks = (call.leak ?? []).filter(({ levelDb }) => levelDb > AUDIBLE_LEAK_DB)
  const notices = [
    task?.state === 'failed' && (
      <Notice key="failed" tone="warn" role="alert" icon={<TriangleAlert aria-hidden="true" />} action={<RetryButton kind="transcript" />}>
        {t('failed', { error: task.error ?? '' })}
      </Notice>
    ),
    !isOver && task?.state !== 'failed' && (
      <Notice key="coming" role="status" icon={<Captions aria-hidden="true" />}>
        {t(call.state === 'closed' ? 'finishing' : 'live')}
      </Notice>
    ),
    ...(isOver ? silent : []).map((track) => (
      <Notice key={track} icon={<CaptionsOff aria-hidden="true" />}>
        {t('none', { track })}
      </Notice>
    )),
    ...leaks.map(({ from, into, levelDb }) => (
      <Notice key={`${from}-${into}`} tone="warn" icon={<TriangleAlert aria-hidden="true" />}>
        {t('leak', { from, into, level: Math.round(levelDb) })}
      </Notice>
    )),
  ].filter(Boolean)
  return notices.length > 0 ? <div className="grid gap-1.5 px-4 pb-3">{notices}</div> : null
}
