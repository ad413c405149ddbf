/** Zoom and full screen, in the corner of a screen that is shown. */
'use client'

import { Maximize, ZoomIn } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { RefObject } from 'react'
import type { ScreenZoom } from './use-screen-zoom'

type ScreenToolsProps = Readonly<{ zoom: ScreenZoom; /** What fills the screen. */ frame: RefObject<HTMLElement | null> }>

export function ScreenTools({ zoom, frame }: ScreenToolsProps) {
  const t = useTranslations('call.stage')
  return (
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
  )
}
