/** Where a key leads in a list of rows. Pure. */

type Rows = Readonly<{ active: number; count: number; perScreen: number }>

/** `null`: the key means nothing here, or there is no row that way. */
export function findRowToGoTo(key: string, { active, count, perScreen }: Rows): number | null {
  const to = targetOf(key, active, count, perScreen)
  if (to === null || count === 0) return null
  const row = Math.max(0, Math.min(count - 1, to))
  return row === active ? null : row
}

function targetOf(key: string, active: number, count: number, perScreen: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return active + 1
    case 'ArrowUp':
      return active - 1
    case 'PageDown':
      return active + perScreen
    case 'PageUp':
      return active - perScreen
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return null
  }
}
