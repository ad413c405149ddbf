/** The transcript as the video's captions. */
'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useRef } from 'react'
import { makeCaptions } from '../../player/captions'
import { useCall } from '../call-context'
import { speakerName } from '../people'

export function CaptionsTrack() {
  const t = useTranslations('call')
  const { call } = useCall()
  const track = useRef<HTMLTrackElement>(null)
  useEffect(() => {
    const captions = makeCaptions(call.utterances, (utterance) => speakerName(utterance.track, call, t))
    const url = URL.createObjectURL(new Blob([captions], { type: 'text/vtt' }))
    if (track.current) track.current.src = url
    return () => URL.revokeObjectURL(url)
  }, [call, t])
  return <track ref={track} kind="captions" srcLang="en" label={t('stage.captions')} />
}
