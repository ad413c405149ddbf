/** A link to the server for the life of the component that calls it; `null` on the server and until the page stands. */
'use client'

import { useEffect, useState } from 'react'
import { LiveLink } from '../live-client/live-link'
import { openLiveSocket } from '../live-client/live-socket'

/** `invitation`: by which a guest listens. */
export function useLink(invitation?: string): LiveLink | null {
  const [link, setLink] = useState<LiveLink | null>(null)
  useEffect(() => {
    const made = new LiveLink(openLiveSocket(invitation))
    // eslint-disable-next-line react-hooks/set-state-in-effect -- a connection belongs to the page that stands, not to one that is being drawn
    setLink(made)
    return () => made.dispose()
  }, [invitation])
  return link
}
