/** The technician's screen as it is now. */
'use client'

import { MonitorOff } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useCallback, useRef, useState } from 'react'
import { ScreenTools } from '../../call/stage/ScreenTools'
import { ShowScreenButton } from '../../call/stage/ShowScreenButton'
import { useScreenZoom } from '../../call/stage/use-screen-zoom'
import { hasVideoDecoder } from '../../live-client/screen/screen-output'
import { Explanation } from '../../ui/Explanation'
import { useListening } from './listening-context'

export function LiveStage() {
  const t = useTranslations('call.stage')
  const live = useTranslations('live')
  const { listening, call } = useListening()
  const { screen } = listening.player
  const frame = useRef<HTMLDivElement>(null)
  const [isShownOnPhone, setIsShownOnPhone] = useState(false)
  const zoom = useScreenZoom(call.screenSize?.widthPx ?? 0)
  const attach = useCallback((canvas: HTMLCanvasElement | null) => screen.attach(canvas), [screen])
  const isSeen = call.screenSize !== null && hasVideoDecoder()
  return (
    <section aria-label={live('stage.title')} className="flex min-h-0 flex-col border-line bg-sunken md:p-4 max-md:border-b">
      {isSeen && <ShowScreenButton isShown={isShownOnPhone} onToggle={() => setIsShownOnPhone((shown) => !shown)} />}
      <div
        ref={frame}
        className={`relative min-h-0 flex-1 grid-cols-[minmax(0,1fr)] grid-rows-[minmax(0,1fr)] overflow-hidden border-line-2 bg-surface max-wide:max-h-[46dvh] md:grid md:rounded-lg md:border ${isSeen ? `${isShownOnPhone ? 'grid' : 'hidden'} max-wide:aspect-video` : 'grid max-md:hidden max-wide:min-h-40'}`}
      >
        {isSeen ? (
          <>
            <div {...zoom.frame(true)} role="group" aria-label={live('stage.screen')}>
              <canvas ref={attach} width={call.screenSize?.widthPx} height={call.screenSize?.heightPx} role="img" aria-label={live('stage.screen-of', { name: call.technician.name })} {...zoom.picture(true)} />
            </div>
            <ScreenTools zoom={zoom} frame={frame} />
          </>
        ) : (
          <Explanation icon={<MonitorOff aria-hidden="true" />} title={t('no-screen')}>
            <p>{call.screenSize ? live('notice.no-screen-here') : live('stage.no-screen')}</p>
          </Explanation>
        )}
      </div>
    </section>
  )
}
