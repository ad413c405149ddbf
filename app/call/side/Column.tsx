/** A long list under the playhead: draws what is in view, goes along while it plays, lets go when the person scrolls. */
'use client'

import { useVirtualizer } from '@tanstack/react-virtual'
import { ArrowDownToLine } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type MouseEvent, useEffect, useMemo, useRef, useState } from 'react'
import { type ColumnItem, findItemAt } from '../../player/column'
import { findUnordered } from '../../player/order'
import { Button } from '../../ui/Button'
import { useAtClock, useClock } from '../clock'
import { useSearchMark } from '../search-context'
import { ColumnRow } from './ColumnRow'

const ESTIMATED_ROW_PX = 72
/** What the server draws before it knows the window. */
const FIRST_RECT = { width: 400, height: 900 }

export function Column({ items, label }: Readonly<{ items: readonly ColumnItem[]; label: string }>) {
  const t = useTranslations('call.side')
  const clock = useClock()
  const scroller = useRef<HTMLDivElement>(null)
  const [follows, setFollows] = useState(true)
  const unordered = useMemo(() => findUnordered(items), [items])
  const { itemId } = useSearchMark()
  const current = useAtClock((atMs) => findItemAt(items, atMs))
  // eslint-disable-next-line react-hooks/incompatible-library -- its functions are called here and handed to nobody
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ESTIMATED_ROW_PX,
    getItemKey: (index) => items[index]!.id,
    initialRect: FIRST_RECT,
    overscan: 6,
    paddingStart: 8,
    paddingEnd: 16,
  })

  useEffect(() => {
    if (follows && current >= 0) rows.scrollToIndex(current, { align: 'center' })
  }, [follows, current, rows])

  // A hit is shown even where the person had scrolled away, and where its row is not the one under the playhead.
  useEffect(() => {
    const hit = itemId === null ? -1 : items.findIndex(({ id }) => id === itemId)
    if (hit >= 0) rows.scrollToIndex(hit, { align: 'center' })
  }, [itemId, items, rows])

  /** One listener for thousands of words; each also stands under the button of its time. */
  const seekToWord = (event: MouseEvent): void => {
    const at = event.target instanceof HTMLElement ? event.target.dataset.at : undefined
    if (at === undefined) return
    clock.seek(Number(at))
    setFollows(true)
  }
  const letGo = (): void => setFollows(false)
  /** The button goes, and the focus with it: the list takes it. */
  const follow = (): void => {
    setFollows(true)
    scroller.current?.focus()
  }

  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={scroller}
        role="region"
        aria-label={label}
        tabIndex={0}
        onWheel={letGo}
        onTouchMove={letGo}
        onClick={seekToWord}
        className="scrollbar-thin h-full overflow-y-auto -outline-offset-2"
      >
        <ol className="relative w-full" style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map((row) => (
            <li key={row.key} ref={rows.measureElement} data-index={row.index} aria-setsize={items.length} aria-posinset={row.index + 1} className="absolute inset-x-0 top-0 focus-within:z-10 hover:z-10" style={{ transform: `translateY(${row.start}px)` }}>
              <ColumnRow item={items[row.index]!} unordered={unordered.get(items[row.index]!.id) ?? null} position={row.index === current ? 'current' : row.index < current ? 'past' : 'ahead'} />
            </li>
          ))}
        </ol>
      </div>
      {!follows && (
        <Button className="absolute right-4 bottom-3" onClick={follow}>
          <ArrowDownToLine size={14} aria-hidden="true" />
          {t('follow')}
        </Button>
      )}
    </div>
  )
}
