/** The screen of a clip with both voices, led by the page's clock; in words what is not there; over it what somebody said of this instant. */
'use client'

import { AudioLines, CircleAlert, Hourglass } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useRouter } from 'next/navigation'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { ClipView } from '@/server/training/view'
import { useClock } from '../call/clock'
import { CaptionsTrack } from '../call/stage/CaptionsTrack'
import { MissingHere } from '../call/stage/MissingHere'
import { ScreenTools } from '../call/stage/ScreenTools'
import { useScreenZoom } from '../call/stage/use-screen-zoom'
import type { CoverageRange } from '../player/coverage'
import { Button } from '../ui/Button'
import type { ChangeAnswer } from '../ui/change-answer'
import { Explanation } from '../ui/Explanation'
import { KeepFresh } from '../ui/KeepFresh'
import { Refusal } from '../ui/Refusal'
import { useChange } from '../ui/use-change'
import { PassingComment } from './PassingComment'

type ClipStageProps = Readonly<{ clip: ClipView; coverage: readonly CoverageRange[]; onMedia: (media: HTMLVideoElement | null) => void; onCutAgain: () => Promise<ChangeAnswer> }>

export function ClipStage({ clip, coverage, onMedia, onCutAgain }: ClipStageProps) {
  const t = useTranslations('training.play')
  const frame = useRef<HTMLDivElement>(null)
  const zoom = useScreenZoom(clip.screenWidthPx ?? 0)
  const hasScreen = clip.screenWidthPx !== null
  return (
    <section aria-label={t('stage')} className="flex min-h-0 flex-1 flex-col bg-sunken md:p-4">
      <div ref={frame} className={`relative grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)] grid-rows-[minmax(0,1fr)] overflow-hidden border-line-2 bg-surface max-wide:max-h-[46dvh] md:rounded-lg md:border ${hasScreen ? 'max-wide:aspect-video' : 'max-wide:min-h-40'}`}>
        {clip.playback === 'ready' ? <ClipVideo clip={clip} zoom={zoom} onMedia={onMedia} /> : <NotReady playback={clip.playback} onCutAgain={onCutAgain} />}
        {hasScreen && <MissingHere coverage={coverage} />}
        {hasScreen && clip.playback === 'ready' && <ScreenTools zoom={zoom} frame={frame} />}
        <PassingComment comments={clip.comments} />
      </div>
    </section>
  )
}

type ClipVideoProps = Readonly<{ clip: ClipView; zoom: ReturnType<typeof useScreenZoom>; onMedia: ClipStageProps['onMedia'] }>

function ClipVideo({ clip, zoom, onMedia }: ClipVideoProps) {
  const t = useTranslations('training.play')
  const clock = useClock()
  const router = useRouter()
  const [media, setMedia] = useState<HTMLVideoElement | null>(null)
  const [isBroken, setIsBroken] = useState(false)
  useEffect(() => (media ? clock.attach(media) : undefined), [clock, media])
  const take = useCallback(
    (element: HTMLVideoElement | null) => {
      setMedia(element)
      // It may have failed before the page's script was there.
      if (element?.error) setIsBroken(true)
      onMedia(element)
    },
    [onMedia],
  )
  const again = (): void => {
    setIsBroken(false)
    media?.load()
    clock.seek(clock.atMs)
    // The file may be in the making again, and the page says so.
    router.refresh()
  }
  const isShown = clip.screenWidthPx !== null && !isBroken
  return (
    <>
      <div {...zoom.frame(isShown)}>
        <video ref={take} src={clip.mediaUrl} preload="auto" playsInline aria-label={t(clip.screenWidthPx !== null ? 'video' : 'sound')} onError={() => setIsBroken(true)} {...zoom.picture(isShown)}>
          <CaptionsTrack utterances={clip.utterances} />
        </video>
      </div>
      {isBroken && (
        <Explanation icon={<CircleAlert aria-hidden="true" />} title={t('unplayable')} action={<Button onClick={again}>{t('again')}</Button>}>
          <p>{t('unplayable-text')}</p>
        </Explanation>
      )}
      {clip.screenWidthPx === null && !isBroken && (
        <Explanation icon={<AudioLines aria-hidden="true" />} title={t('no-screen')}>
          <p>{t('no-screen-text')}</p>
        </Explanation>
      )}
    </>
  )
}

type NotReadyProps = Readonly<{ playback: Exclude<ClipView['playback'], 'ready'>; onCutAgain: () => Promise<ChangeAnswer> }>

function NotReady({ playback, onCutAgain }: NotReadyProps) {
  const t = useTranslations('training.play')
  const { isWaiting, refusal, run } = useChange()
  if (playback === 'making') {
    return (
      <Explanation icon={<Hourglass aria-hidden="true" />} title={t('making')}>
        <p>{t('making-text')}</p>
        <KeepFresh />
      </Explanation>
    )
  }
  const again = playback !== 'no-playback' && (
    <Button disabled={isWaiting} onClick={() => run(onCutAgain)}>
      {t('again')}
    </Button>
  )
  return (
    <Explanation icon={<CircleAlert aria-hidden="true" />} title={t('failed')} action={again}>
      <p>{t(`failed-text.${playback}`)}</p>
      <Refusal text={refusal} />
    </Explanation>
  )
}
