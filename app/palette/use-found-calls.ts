/** Calls whose customer, number, ticket or technician is called what somebody types. */
'use client'

import { useEffect, useState } from 'react'
import type { FoundCall } from '@/server/timeline/view'

/** Long enough for the next letter, short enough not to be noticed. */
const TYPING_PAUSE_MS = 120
/** One letter names half of all people. */
const MIN_LENGTH = 2

type Found = Readonly<{ query: string; calls: readonly FoundCall[] }>
const NOTHING: readonly FoundCall[] = []

export function useFoundCalls(typed: string): readonly FoundCall[] {
  const query = typed.trim()
  const [found, setFound] = useState<Found>({ query: '', calls: NOTHING })
  useEffect(() => {
    if (query.length < MIN_LENGTH) return
    const stop = new AbortController()
    const pause = setTimeout(() => {
      // Without an answer there are no calls to go to; the rest of the palette works on.
      fetch(`/api/calls/find?${new URLSearchParams({ q: query }).toString()}`, { signal: stop.signal })
        .then(async (response) => (response.ok ? ((await response.json()) as { calls: FoundCall[] }).calls : []))
        .then((calls) => setFound({ query, calls }), () => undefined)
    }, TYPING_PAUSE_MS)
    return () => {
      clearTimeout(pause)
      stop.abort()
    }
  }, [query])
  // While the next answer is on its way, the last one stands as long as it can still be meant.
  return query.length >= MIN_LENGTH && query.startsWith(found.query) ? found.calls : NOTHING
}
