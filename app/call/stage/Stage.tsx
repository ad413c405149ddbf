/** The screen as the technician saw it, with both voices; and in plain words whatever is not there to be seen. */
'use client'

import { useTranslations } from 'next-intl'
import { memo, useRef, useState } from 'react'
import type { CoverageRange } from '../../player/coverage'
import { useCall } from '../call-context'
import { LastChange } from './LastChange'
import { MissingHere } from './MissingHere'
import { NoPlayback } from './NoPlayback'
import { Playback } from './Playback'
import { ScreenTools } from './ScreenTools'
import { ShowScreenButton } from './ShowScreenButton'
import { useScreenZoom } from './use-screen-zoom'

type StageProps = Readonly<{ coverage: readonly CoverageRange[]; onMedia: (media: HTMLVideoElement | null) => void }>

export const Stage = memo(function Stage({ coverage, onMedia }: StageProps) {
  const t = useTranslations('call.stage')
  const { call } = useCall()
  const frame = useRef<HTMLDivElement>(null)
  const [isShownOnPhone, setIsShownOnPhone] = useState(false)
  const screen = call.tracks.find(({ description }) => description.codec === 'vp9')?.description
  const hasScreen = screen !== undefined
  const zoom = useScreenZoom(screen?.codec === 'vp9' ? screen.widthPx : 0)
  const phone = isShownOnPhone ? 'grid' : 'hidden'
  return (
    <section aria-label={t('title')} className="flex min-h-0 flex-col border-line bg-sunken md:p-4 max-md:border-b">
      {hasScreen && <ShowScreenButton isShown={isShownOnPhone} onToggle={() => setIsShownOnPhone((shown) => !shown)} />}
      <div
        ref={frame}
        className={`group relative min-h-0 flex-1 grid-cols-[minmax(0,1fr)] grid-rows-[minmax(0,1fr)] overflow-hidden border-line-2 bg-surface max-wide:max-h-[46dvh] md:grid md:rounded-lg md:border ${hasScreen ? `${phone} max-wide:aspect-video` : 'grid max-wide:min-h-40'}`}
      >
        {call.playbackUrl ? <Playback key={call.playbackUrl} url={call.playbackUrl} hasScreen={hasScreen} zoom={zoom} onMedia={onMedia} /> : <NoPlayback />}
        {hasScreen && (
          <>
            <MissingHere coverage={coverage} />
            <LastChange />
            {call.playbackUrl && <ScreenTools zoom={zoom} frame={frame} />}
          </>
        )}
      </div>
    </section>
  )
})
