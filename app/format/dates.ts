/** Dates in the viewer's zone; UTC goes with them wherever they can be hovered. */

export type Moment = { wallMs: number; zone: string; locale: string }

/** `24 Nov`, with the year when it is not `now`'s. */
export function formatDay({ wallMs, zone, locale }: Moment, nowMs: number): string {
  const isThisYear = yearIn(wallMs, zone) === yearIn(nowMs, zone)
  return formatter(locale, { timeZone: zone, day: 'numeric', month: 'short', year: isThisYear ? undefined : 'numeric' }).format(wallMs)
}

/** `14:02` */
export const formatTime = ({ wallMs, zone, locale }: Moment): string =>
  formatter(locale, { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(wallMs)

/** `14:04:44` */
export const formatTimeOfDay = ({ wallMs, zone, locale }: Moment): string =>
  formatter(locale, { timeZone: zone, hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }).format(wallMs)

/** `24 Nov, 14:02` */
export const formatDayAndTime = (moment: Moment, nowMs: number): string => `${formatDay(moment, nowMs)}, ${formatTime(moment)}`

/** `24 Nov, 14:02:09` */
export const formatDayAndSecond = (moment: Moment, nowMs: number): string => `${formatDay(moment, nowMs)}, ${formatTimeOfDay(moment)}`

/** `WIB`, `CET`, or `GMT+7` where the language has no name for it. */
export function formatZone({ wallMs, zone, locale }: Moment): string {
  const parts = formatter(locale, { timeZone: zone, timeZoneName: 'short' }).formatToParts(wallMs)
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? zone
}

/** `2026-11-24 07:04:44 UTC` */
export const formatUtc = (wallMs: number): string => `${new Date(wallMs).toISOString().slice(0, 19).replace('T', ' ')} UTC`

const yearIn = (wallMs: number, zone: string): string => formatter('en', { timeZone: zone, year: 'numeric' }).format(wallMs)

const formatters = new Map<string, Intl.DateTimeFormat>()

/** Making a formatter costs a hundred times more than using it. */
function formatter(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify([locale, options])
  const known = formatters.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat(locale, options)
  formatters.set(key, made)
  return made
}
