/** Gives every date on the page the viewer's zone, and tells it to the server for the next page. */
'use client'

import { createContext, type ReactNode, useContext, useEffect, useSyncExternalStore } from 'react'
import { ZONE_COOKIE } from './zone'

const ZoneContext = createContext('UTC')
const A_YEAR_SECONDS = 365 * 24 * 3_600

type ZoneProviderProps = Readonly<{ initialZone: string; children: ReactNode }>

export function ZoneProvider({ initialZone, children }: ZoneProviderProps) {
  const zone = useSyncExternalStore(neverChanges, browserZone, () => initialZone)
  useEffect(() => {
    document.cookie = `${ZONE_COOKIE}=${encodeURIComponent(zone)}; path=/; max-age=${A_YEAR_SECONDS}; samesite=lax`
  }, [zone])
  return <ZoneContext value={zone}>{children}</ZoneContext>
}

export const useZone = (): string => useContext(ZoneContext)

const browserZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone
const neverChanges = () => () => {}
