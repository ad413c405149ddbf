/** Keeps a call that still runs, or that something is still made from, up to date. */
'use client'

import { type Dispatch, type SetStateAction, useEffect, useState } from 'react'
import type { CallView } from '@/server/timeline/view'
import { isUnfinished } from './call-context'

const POLL_EVERY_MS = 2_000

export type LiveCall = Readonly<{ call: CallView; setCall: Dispatch<SetStateAction<CallView>>; isLost: boolean }>

/** `reload` gives `null` when the call may not be seen any more; a rejected one is tried again and said. */
export function useLiveCall(initial: CallView, reload: () => Promise<CallView | null>): LiveCall {
  const [call, setCall] = useState(initial)
  const [isLost, setIsLost] = useState(false)
  const unfinished = isUnfinished(call)

  useEffect(() => {
    if (!unfinished) return
    const stop = new AbortController()
    const poll = async (): Promise<void> => {
      if (document.visibilityState === 'hidden') return
      const answer = await reload().catch(() => 'failed' as const)
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
