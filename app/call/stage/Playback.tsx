/** The playback file: screen and both parties in one, led by the page's clock. */
'use client'

import { AudioLines, CircleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useCallback, useEffect, useState } from 'react'
import { Button } from '../../ui/Button'
import { Explanation } from '../../ui/Explanation'
import { useClock } from '../clock'
import { CaptionsTrack } from './CaptionsTrack'

type PlaybackProps = Readonly<{ url: string; hasScreen: boolean; onMedia: (media: HTMLVideoElement | null) => void }>

export function Playback({ url, hasScreen, onMedia }: PlaybackProps) {
  const t = useTranslations('call')
  const clock = useClock()
  const [media, setMedia] = useState<HTMLVideoElement | null>(null)
  const [hasFailed, setHasFailed] = useState(false)

  useEffect(() => (media ? clock.attach(media) : undefined), [clock, media])
  const take = useCallback(
    (element: HTMLVideoElement | null) => {
      setMedia(element)
      onMedia(element)
    },
    [onMedia],
  )
  const tryAgain = (): void => {
    setHasFailed(false)
    media?.load()
  }

  return (
    <>
      <video
        ref={take}
        src={url}
        preload="auto"
        playsInline
        aria-label={t(hasScreen ? 'stage.video' : 'stage.sound')}
        onError={() => setHasFailed(true)}
        className={hasScreen && !hasFailed ? 'size-full bg-surface object-contain' : 'sr-only'}
      >
        <CaptionsTrack />
      </video>
      {hasFailed && (
        <Explanation icon={<CircleAlert aria-hidden="true" />} title={t('stage.unplayable')} action={<Button onClick={tryAgain}>{t('stage.play-again')}</Button>}>
          <p>{t('stage.unplayable-text')}</p>
        </Explanation>
      )}
      {!hasScreen && !hasFailed && (
        <Explanation icon={<AudioLines aria-hidden="true" />} title={t('stage.no-screen')}>
          <p>{t('stage.no-screen-text')}</p>
        </Explanation>
      )}
    </>
  )
}
