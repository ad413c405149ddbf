/** Keeps a call that still runs, or that something is still made from, up to date. */
'use client'

import { type Dispatch, type SetStateAction, useEffect, useRef, useState } from 'react'
import type { CallView } from '@/server/timeline/view'
import { isUnfinished } from './call-context'
import { withNews, wordsKnownUntil } from './live-words'

const POLL_EVERY_MS = 2_000

export type FollowedCall = Readonly<{ call: CallView; setCall: Dispatch<SetStateAction<CallView>>; isLost: boolean }>

/** Gives the words from a position on and the rest of the call whole; `null` when it may not be seen any more. */
export type Reload = (wordsFromMs: number) => Promise<CallView | null>

/** A `reload` that is rejected is tried again and said. */
export function useLiveCall(initial: CallView, reload: Reload): FollowedCall {
  const [call, setCall] = useState(initial)
  const shown = useRef(call)
  useEffect(() => {
    shown.current = call
  }, [call])
  const [isLost, setIsLost] = useState(false)
  const unfinished = isUnfinished(call)

  useEffect(() => {
    if (!unfinished) return
    const stop = new AbortController()
    const poll = async (): Promise<void> => {
      if (document.visibilityState === 'hidden') return
      const answer = await loadNews(shown.current, reload).catch(() => 'failed' as const)
      if (stop.signal.aborted) return
      setIsLost(answer === 'failed' || answer === null)
      if (answer !== 'failed' && answer !== null) setCall(answer)
    }
    const timer = setInterval(() => void poll(), POLL_EVERY_MS)
    return () => {
      stop.abort()
      clearInterval(timer)
    }
  }, [unfinished, reload])

  return { call, setCall, isLost }
}

async function loadNews(before: CallView, reload: Reload): Promise<CallView | null> {
  const wordsFromMs = wordsKnownUntil(before)
  const news = await reload(wordsFromMs)
  if (news === null || wordsFromMs === 0) return news
  return news.state === 'closed' ? reload(0) : withNews(before, news, wordsFromMs)
}
