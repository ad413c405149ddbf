/** How the stills of a call's screen stand in their one picture, row by row. Types only, for the page that shows them. */
export type StillsLayout = {
  v: 1
  /** Still `n` is what the screen showed at position `n * everyMs`. */
  everyMs: number
  count: number
  columns: number
  widthPx: number
  heightPx: number
}
