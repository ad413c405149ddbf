/** The screen as the technician saw it, with both voices; and in plain words whatever is not there to be seen. */
'use client'

import { Maximize, Monitor, MonitorOff } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useRef, useState } from 'react'
import type { CoverageRange } from '../../player/coverage'
import { Button } from '../../ui/Button'
import { useCall } from '../call-context'
import { LastChange } from './LastChange'
import { MissingHere } from './MissingHere'
import { NoPlayback } from './NoPlayback'
import { Playback } from './Playback'

type StageProps = Readonly<{ coverage: readonly CoverageRange[]; onMedia: (media: HTMLVideoElement | null) => void }>

export function Stage({ coverage, onMedia }: StageProps) {
  const t = useTranslations('call.stage')
  const { call } = useCall()
  const frame = useRef<HTMLDivElement>(null)
  const [isShownOnPhone, setIsShownOnPhone] = useState(false)
  const hasScreen = call.tracks.some(({ track }) => track === 'screen')
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
        {call.playbackUrl ? <Playback key={call.playbackUrl} url={call.playbackUrl} hasScreen={hasScreen} onMedia={onMedia} /> : <NoPlayback />}
        {hasScreen && (
          <>
            <MissingHere coverage={coverage} />
            <LastChange />
            {call.playbackUrl && (
              <button
                type="button"
                aria-label={t('full-screen')}
                onClick={() => void frame.current?.requestFullscreen()}
                className="absolute top-3 right-3 grid size-8 place-items-center rounded-md border border-line-2 bg-surface text-ink-2 hover:text-ink"
              >
                <Maximize size={16} strokeWidth={1.75} aria-hidden="true" />
              </button>
            )}
          </>
        )}
      </div>
    </section>
  )
}
