/** The screen as the technician saw it, with both voices; and in plain words whatever is not there to be seen. */
'use client'

import { Maximize, Monitor, MonitorOff, ZoomIn } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useRef, useState } from 'react'
import type { CoverageRange } from '../../player/coverage'
import { Button } from '../../ui/Button'
import { useCall } from '../call-context'
import { LastChange } from './LastChange'
import { MissingHere } from './MissingHere'
import { NoPlayback } from './NoPlayback'
import { Playback } from './Playback'
import { useScreenZoom } from './use-screen-zoom'

type StageProps = Readonly<{ coverage: readonly CoverageRange[]; onMedia: (media: HTMLVideoElement | null) => void }>

export function Stage({ coverage, onMedia }: StageProps) {
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
      {hasScreen && (
        <div className="p-2 md:hidden">
          <Button className="w-full" aria-expanded={isShownOnPhone} onClick={() => setIsShownOnPhone((shown) => !shown)}>
            {isShownOnPhone ? <MonitorOff size={16} aria-hidden="true" /> : <Monitor size={16} aria-hidden="true" />}
            {t(isShownOnPhone ? 'hide' : 'show')}
          </Button>
        </div>
      )}
      <div
        ref={frame}
        className={`group relative min-h-0 flex-1 grid-cols-[minmax(0,1fr)] grid-rows-[minmax(0,1fr)] overflow-hidden border-line-2 bg-surface max-wide:max-h-[46dvh] md:grid md:rounded-lg md:border ${hasScreen ? `${phone} max-wide:aspect-video` : 'grid max-wide:min-h-40'}`}
      >
        {call.playbackUrl ? <Playback key={call.playbackUrl} url={call.playbackUrl} hasScreen={hasScreen} zoom={zoom} onMedia={onMedia} /> : <NoPlayback />}
        {hasScreen && (
          <>
            <MissingHere coverage={coverage} />
            <LastChange />
            {call.playbackUrl && (
              <div className="absolute top-3 right-3 flex items-center rounded-md border border-line-2 bg-surface">
                <button type="button" onClick={zoom.step} className="flex h-8 items-center gap-1.5 rounded-md px-2 text-meta text-ink-2 hover:text-ink">
                  <ZoomIn size={16} strokeWidth={1.75} aria-hidden="true" />
                  <span className="sr-only">{t('zoom')}</span>
                  <span className="times">{t(`zoom-level.${zoom.level}`)}</span>
                </button>
                <button type="button" aria-label={t('full-screen')} onClick={() => void frame.current?.requestFullscreen()} className="grid size-8 place-items-center rounded-md text-ink-2 hover:text-ink">
                  <Maximize size={16} strokeWidth={1.75} aria-hidden="true" />
                </button>
              </div>
            )}
          </>
        )}
      </div>
    </section>
  )
}
