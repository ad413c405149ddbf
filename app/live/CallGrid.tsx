/** Many calls at once: draws those in view, in as many columns as there is room for. */
'use client'

import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { useTranslations } from 'next-intl'
import { useLayoutEffect, useRef, useState } from 'react'
import type { BoardTile } from '@/protocol/live-messages'
import type { ServerClock } from '../live-client/server-clock'
import { CallLine } from './CallLine'
import { CallTile } from './CallTile'

export type BoardLook = 'tiles' | 'rows'
type CallGridProps = Readonly<{ tiles: readonly BoardTile[]; look: BoardLook; clock: ServerClock }>

const MIN_TILE_PX = 380
const GAP_PX = 12
const ESTIMATED_PX = { tiles: 190, rows: 44 } as const

export function CallGrid({ tiles, look, clock }: CallGridProps) {
  const t = useTranslations('live')
  const list = useRef<HTMLDivElement>(null)
  const [place, setPlace] = useState({ columns: 3, topPx: 0 })
  const columns = look === 'rows' ? 1 : place.columns
  useLayoutEffect(() => {
    const element = list.current
    if (!element) return
    const measure = (): void => setPlace({ columns: Math.max(1, Math.floor((element.clientWidth + GAP_PX) / (MIN_TILE_PX + GAP_PX))), topPx: element.offsetTop })
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  const rows = useWindowVirtualizer({
    count: Math.ceil(tiles.length / columns),
    estimateSize: () => ESTIMATED_PX[look],
    gap: look === 'tiles' ? GAP_PX : 0,
    overscan: 2,
    scrollMargin: place.topPx,
    getItemKey: (index) => `${look} ${columns} ${index}`,
  })
  return (
    <div ref={list} role="list" aria-label={t('calls')} className={look === 'tiles' ? 'm-4' : ''}>
      <div className="relative" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map((row) => (
          <div
            key={row.key}
            ref={rows.measureElement}
            data-index={row.index}
            role="presentation"
            className={`absolute inset-x-0 top-0 ${look === 'tiles' ? 'grid gap-3' : ''}`}
            style={{ transform: `translateY(${row.start - place.topPx}px)`, gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}
          >
            {tiles.slice(row.index * columns, (row.index + 1) * columns).map((tile, index) => (
              <div key={tile.callId} role="listitem" aria-setsize={tiles.length} aria-posinset={row.index * columns + index + 1} className="min-w-0">
                {look === 'tiles' ? <CallTile tile={tile} clock={clock} /> : <CallLine tile={tile} clock={clock} />}
              </div>
            ))}
          </div>
        ))}
      </div>
    </div>
  )
}
