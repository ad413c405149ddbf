/** The viewer's time zone: told to the server by a cookie, so that the first paint is already in it. */

export const ZONE_COOKIE = 'callwitness.zone'
/** There is one only when its person chose another zone than his computer's. */
export const CHOSEN_ZONE_COOKIE = 'callwitness.chosen-zone'

/** A zone name from outside, or UTC when it names none. */
export function parseZone(name: string | undefined): string {
  if (!name) return 'UTC'
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone
  } catch {
    // The cookie is the browser's to change; a name that no calendar knows shows UTC.
    return 'UTC'
  }
}

/** Null: none was chosen. */
export const parseChosenZone = (name: string | undefined): string | null => (name ? parseZone(name) : null)
