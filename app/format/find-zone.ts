/** The zone of the dates on the page that is being made: the chosen one, or the browser's as it told last time. */
import type { cookies } from 'next/headers'
import { CHOSEN_ZONE_COOKIE, parseChosenZone, parseZone, ZONE_COOKIE } from './zone'

export function findZone(jar: Pick<Awaited<ReturnType<typeof cookies>>, 'get'>): string {
  return parseChosenZone(jar.get(CHOSEN_ZONE_COOKIE)?.value) ?? parseZone(jar.get(ZONE_COOKIE)?.value)
}
