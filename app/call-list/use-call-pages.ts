/** The rows that the address asks for, and the way to change the address. */
'use client'

import { useSearchParams } from 'next/navigation'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { type CallFilter, formatCallFilter, parseCallFilter } from '@/protocol/call-filter'
import { useZone } from '../format/ZoneProvider'
import { type CallPage, CallPages, type CallPagesView } from './call-pages'

type Change = (change: CallFilter, how?: 'push' | 'replace') => void
type Shown = { view: CallPagesView; filter: CallFilter; change: Change; show: (query: string) => void; pages: CallPages; csvUrl: string }

export function useCallPages(initialQuery: string, initial: CallPage): Shown {
  const zone = useZone()
  const [pages] = useState(() => new CallPages(initialQuery, initial, fetchPage))
  const view = useSyncExternalStore(pages.subscribe, pages.view, pages.view)
  const filter = parseCallFilter(new URLSearchParams(useSearchParams()))
  const query = formatCallFilter(filter)
  useEffect(() => pages.show(query), [pages, query])
  const show = (wanted: string, how: 'push' | 'replace' = 'push'): void => {
    const address = wanted === '' ? '/calls' : `/calls?${wanted}`
    // Next follows the history by itself; asking it to navigate would make the page anew.
    if (how === 'push') history.pushState(null, '', address)
    else history.replaceState(null, '', address)
  }
  const change: Change = (part, how) => show(formatCallFilter({ ...filter, ...part }), how)
  return { view, filter, change, show, pages, csvUrl: `/api/calls.csv?${withZone(query, zone)}` }
}

async function fetchPage(query: string, before: string | null, signal: AbortSignal): Promise<CallPage> {
  const search = new URLSearchParams(withZone(query, new Intl.DateTimeFormat().resolvedOptions().timeZone))
  if (before !== null) search.set('before', before)
  const response = await fetch(`/api/calls?${search}`, { signal })
  if (!response.ok) throw new Error(`the list was answered with ${response.status}`)
  return (await response.json()) as CallPage // made by loadCallPage of this very server
}

function withZone(query: string, zone: string): string {
  const search = new URLSearchParams(query)
  search.set('zone', zone)
  return search.toString()
}
