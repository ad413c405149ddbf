/** The playback file: screen and both parties in one, led by the page's clock. */
'use client'

import { AudioLines, CircleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useCallback, useEffect, useState } from 'react'
import { Button } from '../../ui/Button'
import { Explanation } from '../../ui/Explanation'
import { useCall } from '../call-context'
import { useClock } from '../clock'
import { CaptionsTrack } from './CaptionsTrack'
import { StillPoster } from './StillPoster'
import { useRecovery } from './use-recovery'
import type { ScreenZoom } from './use-screen-zoom'

type PlaybackProps = Readonly<{ url: string; hasScreen: boolean; zoom: ScreenZoom; onMedia: (media: HTMLVideoElement | null) => void }>

export function Playback({ url, hasScreen, zoom, onMedia }: PlaybackProps) {
  const t = useTranslations('call')
  const clock = useClock()
  const { call } = useCall()
  const [media, setMedia] = useState<HTMLVideoElement | null>(null)
  const [hasPicture, setHasPicture] = useState(false)
  const { state, onError, load } = useRecovery(media)

  useEffect(() => (media ? clock.attach(media) : undefined), [clock, media])
  const take = useCallback(
    (element: HTMLVideoElement | null) => {
      setMedia(element)
      // The video may have begun to load before the page's script did.
      setHasPicture(element !== null && element.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA)
      onMedia(element)
    },
    [onMedia],
  )
  const isShown = hasScreen && state !== 'broken'

  return (
    <>
      <div {...zoom.frame(isShown)}>
        <video
          ref={take}
          src={url}
          preload="auto"
          playsInline
          aria-label={t(hasScreen ? 'stage.video' : 'stage.sound')}
          onError={onError}
          onLoadedData={() => setHasPicture(true)}
          onEmptied={() => setHasPicture(false)}
          {...zoom.picture(isShown)}
        >
          <CaptionsTrack utterances={call.utterances} />
        </video>
      </div>
      {isShown && !hasPicture && <StillPoster />}
      {state === 'broken' && (
        <Explanation icon={<CircleAlert aria-hidden="true" />} title={t('stage.unplayable')} action={<Button onClick={load}>{t('stage.play-again')}</Button>}>
          <p>{t('stage.unplayable-text')}</p>
        </Explanation>
      )}
      {!hasScreen && state !== 'broken' && (
        <Explanation icon={<AudioLines aria-hidden="true" />} title={t('stage.no-screen')}>
          <p>{t('stage.no-screen-text')}</p>
        </Explanation>
      )}
    </>
  )
}
