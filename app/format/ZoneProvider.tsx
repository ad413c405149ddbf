/** Gives every date on the page the viewer's zone, and tells it to the server for the next page. */
'use client'

import { createContext, type ReactNode, useContext, useEffect, useSyncExternalStore } from 'react'
import { CHOSEN_ZONE_COOKIE, ZONE_COOKIE } from './zone'

const ZoneContext = createContext('UTC')
const A_YEAR_SECONDS = 365 * 24 * 3_600

/** `chosenZone`: null when it is to be the computer's. */
type ZoneProviderProps = Readonly<{ initialZone: string; chosenZone: string | null; children: ReactNode }>

export function ZoneProvider({ initialZone, chosenZone, children }: ZoneProviderProps) {
  const ownZone = useSyncExternalStore(neverChanges, browserZone, () => initialZone)
  const zone = chosenZone ?? ownZone
  useEffect(() => setCookie(ZONE_COOKIE, zone, A_YEAR_SECONDS), [zone])
  return <ZoneContext value={zone}>{children}</ZoneContext>
}

export const useZone = (): string => useContext(ZoneContext)

/** From the next page on, and on this one when it is asked for again. Null: the computer's. */
export const chooseZone = (zone: string | null): void => setCookie(CHOSEN_ZONE_COOKIE, zone ?? '', zone === null ? 0 : A_YEAR_SECONDS)

function setCookie(name: string, value: string, maxAgeSeconds: number): void {
  document.cookie = `${name}=${encodeURIComponent(value)}; path=/; max-age=${maxAgeSeconds}; samesite=lax`
}

const browserZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone
const neverChanges = () => () => {}
