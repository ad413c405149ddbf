/** The stills of the call's screen, once the server has made them. */
'use client'

import { createContext, useContext, useEffect, useState } from 'react'
import type { StillsLayout } from '@/server/jobs/stills-layout'

export type Stills = Readonly<{ layout: StillsLayout; url: string }>

export const StillsContext = createContext<Stills | null>(null)
export const useStills = (): Stills | null => useContext(StillsContext)

export function useLoadedStills(layoutUrl: string | null): Stills | null {
  const [stills, setStills] = useState<Stills | null>(null)
  useEffect(() => {
    if (!layoutUrl) return
    const stop = new AbortController()
    const url = layoutUrl.replace(/\.json$/, '.jpg')
    // The picture is on its way while its layout is read.
    new Image().src = url
    const load = async (): Promise<void> => {
      const answer = await fetch(layoutUrl, { signal: stop.signal })
      // Our own server wrote the file (server/jobs); without it the lane stays pale.
      if (answer.ok) setStills({ layout: (await answer.json()) as StillsLayout, url })
    }
    load().catch((error: unknown) => {
      if (!stop.signal.aborted) console.warn('the stills of the screen could not be loaded; the video has them too', error)
    })
    return () => stop.abort()
  }, [layoutUrl])
  return stills
}
