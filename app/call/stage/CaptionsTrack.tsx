/** The transcript as the video's captions. */
'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useRef } from 'react'
import type { UtteranceView } from '@/server/timeline/view'
import { makeCaptions } from '../../player/captions'
import { speakerName } from '../people'
import { useColumnCall } from '../side/column-call'

export function CaptionsTrack({ utterances }: Readonly<{ utterances: readonly UtteranceView[] }>) {
  const t = useTranslations('call')
  const call = useColumnCall()
  const track = useRef<HTMLTrackElement>(null)
  useEffect(() => {
    const captions = makeCaptions(utterances, (utterance) => speakerName(utterance.track, call, t))
    const url = URL.createObjectURL(new Blob([captions], { type: 'text/vtt' }))
    if (track.current) track.current.src = url
    return () => URL.revokeObjectURL(url)
  }, [call, utterances, t])
  return <track ref={track} kind="captions" srcLang="en" label={t('stage.captions')} />
}
