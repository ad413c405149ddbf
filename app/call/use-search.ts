/** Searching the call: the words, the hits, which of them one is at. */
'use client'

import { useTranslations } from 'next-intl'
import { useDeferredValue, useMemo, useState } from 'react'
import type { ColumnItem } from '../player/column'
import type { PlayerClock } from '../player/player-clock'
import { type Hit, nextHit, searchColumn } from '../player/search'
import { itemText } from './item-text'

export type Search = Readonly<{ query: string; hits: readonly Hit[]; current: number | null; setQuery: (query: string) => void; go: (direction: 1 | -1) => void }>

export function useSearch(clock: PlayerClock, column: readonly ColumnItem[]): Search {
  const t = useTranslations('call')
  const [query, setText] = useState('')
  const [current, setCurrent] = useState<number | null>(null)
  const asked = useDeferredValue(query)
  const hits = useMemo(() => searchColumn(column, asked, (item) => itemText(item, t)), [column, asked, t])
  return useMemo(
    () => ({
      query,
      hits,
      current: current !== null && current < hits.length ? current : null,
      setQuery: (text) => {
        setText(text)
        setCurrent(null)
      },
      go: (direction) => {
        const next = nextHit(hits, current, clock.atMs, direction)
        setCurrent(next)
        if (next !== null) clock.seek(hits[next]!.atMs)
      },
    }),
    [query, hits, current, clock],
  )
}
