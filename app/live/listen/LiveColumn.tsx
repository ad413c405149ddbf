/** Words and deeds as they come: stays at the end, unless the person scrolls up to read. */
'use client'

import { useVirtualizer } from '@tanstack/react-virtual'
import { ArrowDownToLine } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useMemo, useRef, useState } from 'react'
import { ColumnRow } from '../../call/side/ColumnRow'
import { findUnordered } from '../../player/order'
import { Button } from '../../ui/Button'
import { useStore } from '../use-store'
import { useListening } from './listening-context'

const ESTIMATED_ROW_PX = 64
/** So close to the end one is still at it. */
const AT_END_PX = 60

export function LiveColumn() {
  const t = useTranslations('live.column')
  const { listening, view } = useListening()
  const words = useStore(listening.words)
  const scroller = useRef<HTMLDivElement>(null)
  const [follows, setFollows] = useState(true)
  const items = view.column
  const unordered = useMemo(() => findUnordered(items), [items])
  const open = useMemo(() => new Set(words.filter(({ isFinal }) => !isFinal).map(({ track, startMs }) => `${track}-${startMs}`)), [words])
  // eslint-disable-next-line react-hooks/incompatible-library -- its functions are called here and handed to nobody
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ESTIMATED_ROW_PX,
    getItemKey: (index) => items[index]!.id,
    overscan: 6,
    paddingStart: 8,
    paddingEnd: 16,
  })
  const height = rows.getTotalSize()
  useEffect(() => {
    if (follows) scroller.current?.scrollTo({ top: height })
  }, [follows, height, items])

  const readScroll = (): void => {
    const element = scroller.current
    if (element) setFollows(element.scrollHeight - element.scrollTop - element.clientHeight < AT_END_PX)
  }
  return (
    <div className="relative flex h-[52dvh] min-h-40 flex-col wide:h-auto wide:flex-1">
      <h2 className="flex h-[42px] shrink-0 items-center border-b border-line px-4 font-medium">{t('title')}</h2>
      {items.length === 0 && <p className="px-4 py-3 text-ink-3">{t('empty')}</p>}
      <div ref={scroller} role="region" aria-label={t('title')} tabIndex={0} onWheel={readScroll} onTouchMove={readScroll} onKeyUp={readScroll} className="scrollbar-thin min-h-0 flex-1 overflow-y-auto -outline-offset-2">
        <ol className="relative w-full" style={{ height }}>
          {rows.getVirtualItems().map((row) => {
            const item = items[row.index]!
            const isOpen = item.kind === 'speech' && open.has(item.speech.utterance.id)
            return (
              <li key={row.key} ref={rows.measureElement} data-index={row.index} aria-setsize={items.length} aria-posinset={row.index + 1} className="absolute inset-x-0 top-0" style={{ transform: `translateY(${row.start}px)` }}>
                <ColumnRow item={item} unordered={unordered.get(item.id) ?? null} position={isOpen ? 'ahead' : 'past'} />
              </li>
            )
          })}
        </ol>
      </div>
      {!follows && (
        <Button className="absolute right-4 bottom-3" onClick={() => setFollows(true)}>
          <ArrowDownToLine size={14} aria-hidden="true" />
          {t('follow')}
        </Button>
      )}
    </div>
  )
}
