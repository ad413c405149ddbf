/** Knows whether the viewer is still signed in, the call still there and the server in reach; asks more often while not. */
'use client'

import { useCallback, useEffect, useState } from 'react'
import type { Standing, StandingReply } from './standing'

const ASK_EVERY_MS = 60_000
const ASK_IN_TROUBLE_EVERY_MS = 3_000

/** `check` makes it ask at once, for whoever met a failure. */
export function useStanding(callId: string): { standing: Standing; check: () => Promise<Standing> } {
  const [standing, setStanding] = useState<Standing>('fine')
  const check = useCallback(async () => {
    const answer = navigator.onLine ? await ask(callId).catch(() => 'unreachable' as const) : 'unreachable'
    setStanding(answer)
    return answer
  }, [callId])

  useEffect(() => {
    const look = (): void => {
      if (document.visibilityState === 'visible') void check()
    }
    const timer = setInterval(look, standing === 'fine' ? ASK_EVERY_MS : ASK_IN_TROUBLE_EVERY_MS)
    const events = [[document, 'visibilitychange'], [window, 'online'], [window, 'offline']] as const
    for (const [target, event] of events) target.addEventListener(event, look)
    return () => {
      clearInterval(timer)
      for (const [target, event] of events) target.removeEventListener(event, look)
    }
  }, [standing, check])

  return { standing, check }
}

async function ask(callId: string): Promise<Standing> {
  const answer = await fetch(`/api/calls/${callId}/standing`, { cache: 'no-store' })
  if (!answer.ok) return 'unreachable'
  // Our own server's: app/api/calls/[callId]/standing.
  return ((await answer.json()) as StandingReply).standing
}
