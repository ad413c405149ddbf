/** A call a row, however many there are: only the rows in sight are in the page. Arrows walk through them, Enter opens one. */
'use client'

import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import { useTranslations } from 'next-intl'
import { Fragment, type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import type { CallFilter } from '@/protocol/call-filter'
import type { CallPagesView } from './call-pages'
import { CallRow } from './CallRow'
import { HEAD_HEIGHT_PX, HeadCells, COLUMN_COUNT } from './HeadCells'
import { HitsRow, hitsHeightPx } from './HitsRow'
import { findRowToGoTo } from './row-keys'

const ROW_HEIGHT_PX = 44
const OVERSCAN = 12
/** From the end of what has come: about two screens. */
const FETCH_AHEAD = 40
/** Before the browser says how large it is; the server's rows fill most screens. */
const FIRST_SIGHT = { width: 1_440, height: 900 }

type CallTableProps = Readonly<{ view: CallPagesView; filter: CallFilter; onChange: (change: CallFilter) => void; onMore: () => void }>

export function CallTable({ view, filter, onChange, onMore }: CallTableProps) {
  const t = useTranslations('calls')
  const { items, query, summary, state, next } = view
  const frame = useRef<HTMLDivElement>(null)
  const [active, setActive] = useState(0)
  // eslint-disable-next-line react-hooks/incompatible-library -- it warns of a compiler that we do not use
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => frame.current,
    estimateSize: (index) => ROW_HEIGHT_PX + hitsHeightPx(items[index]!.hits),
    getItemKey: (index) => items[index]!.id,
    // The row in focus stays in the page when it is scrolled out of sight, and with it the focus.
    rangeExtractor: (range) => [...new Set([...defaultRangeExtractor(range), Math.min(active, items.length - 1)])].sort((a, b) => a - b),
    overscan: OVERSCAN,
    scrollMargin: HEAD_HEIGHT_PX,
    scrollPaddingStart: HEAD_HEIGHT_PX,
    initialRect: FIRST_SIGHT,
  })
  const inSight = rows.getVirtualItems()
  const lastInSight = rows.range?.endIndex ?? 0
  useEffect(() => {
    if (state === 'ready' && next !== null && lastInSight > items.length - FETCH_AHEAD) onMore()
  }, [state, next, lastInSight, items.length, onMore])
  useEffect(() => {
    rows.measure()
    frame.current?.scrollTo({ top: 0 })
  }, [rows, query])

  const goTo = (index: number): void => {
    flushSync(() => setActive(index))
    rows.scrollToIndex(index)
    frame.current?.querySelector<HTMLElement>(`[data-row="${index}"] a`)?.focus({ preventScroll: true })
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const perScreen = Math.max(1, Math.floor((frame.current?.clientHeight ?? 0) / ROW_HEIGHT_PX) - 2)
    const to = findRowToGoTo(event.key, { active, count: items.length, perScreen })
    if (to === null || event.ctrlKey || event.metaKey || event.altKey || !(event.target instanceof Element) || !event.target.closest('[data-row]')) return
    event.preventDefault()
    goTo(to)
  }

  let filledPx = HEAD_HEIGHT_PX
  return (
    <div ref={frame} className={`scrollbar-thin relative min-h-0 w-full flex-1 overflow-auto transition-opacity ${state === 'fetching' ? 'opacity-60' : ''}`} role="region" aria-label={t('title')} aria-busy={state === 'fetching'} onKeyDown={onKeyDown}>
      <table className="w-full md:min-w-[840px] wide:min-w-[980px]" aria-rowcount={summary.count + 1}>
        <thead className="sticky top-0 z-10 bg-surface">
          <tr aria-rowindex={1} style={{ height: HEAD_HEIGHT_PX }}>
            <HeadCells filter={filter} onChange={onChange} />
          </tr>
        </thead>
        <tbody>
          {inSight.map(({ index, key, start, end }) => {
            const call = items[index]!
            const gapPx = start - filledPx
            filledPx = end
            return (
              <Fragment key={key}>
                {gapPx > 0 && <Filler heightPx={gapPx} />}
                <CallRow call={call} index={index} isActive={index === Math.min(active, items.length - 1)} onFocus={() => setActive(index)} />
                {call.hits.length > 0 && <HitsRow callId={call.id} hits={call.hits} />}
              </Fragment>
            )
          })}
          <Filler heightPx={rows.getTotalSize() + HEAD_HEIGHT_PX - filledPx} />
        </tbody>
      </table>
      {state === 'fetching-more' && (
        <p role="status" className="px-4 py-3 text-meta text-ink-3">
          {t('loading-more')}
        </p>
      )}
    </div>
  )
}

/** Rows that are not in the page keep their place. */
const Filler = ({ heightPx }: Readonly<{ heightPx: number }>) => (
  <tr aria-hidden="true">
    <td colSpan={COLUMN_COUNT} style={{ height: heightPx }} className="p-0" />
  </tr>
)
