/** Which key does what on the call page. Pure: the component decides what to do with it. */

export type Command =
  | 'toggle-play'
  | 'back'
  | 'forward'
  | 'next-action'
  | 'previous-action'
  | 'next-utterance'
  | 'previous-utterance'
  | 'copy-moment'
  | 'note'
  | 'search'
  | 'keys'

export type Key = Readonly<{
  key: string
  /** Ctrl, Alt or ⌘ is held. */
  hasModifier: boolean
  /** Somebody is typing, or the control in focus uses arrows and letters itself. */
  isInField: boolean
  /** The space bar would press the control in focus, and the person got there by keyboard. */
  isOnControl: boolean
}>

/** In the order in which they are listed. */
export const KEYS: readonly Readonly<{ command: Command; key: string }>[] = [
  { command: 'toggle-play', key: ' ' },
  { command: 'back', key: 'ArrowLeft' },
  { command: 'forward', key: 'ArrowRight' },
  { command: 'next-action', key: 'j' },
  { command: 'previous-action', key: 'k' },
  { command: 'next-utterance', key: ']' },
  { command: 'previous-utterance', key: '[' },
  { command: 'search', key: '/' },
  { command: 'note', key: 'n' },
  { command: 'copy-moment', key: 'c' },
  { command: 'keys', key: '?' },
]

const COMMANDS: ReadonlyMap<string, Command> = new Map(KEYS.map(({ key, command }) => [key, command]))

export function findCommand({ key, hasModifier, isInField, isOnControl }: Key): Command | null {
  const plain = key.length === 1 ? key.toLowerCase() : key
  if (hasModifier || isInField) return null
  const command = COMMANDS.get(plain) ?? null
  return command === 'toggle-play' && isOnControl ? null : command
}

/** What is no further from the stop before it is the same stop. */
const ONE_STOP_MS = 700

/**
 * The next stop after, or before, where the player stands; `null` at the ends. Positions that crowd are one stop, and going
 * back leaves the one that has just begun. `positions` ascend.
 */
export function findNeighbour(positions: readonly number[], atMs: number, direction: 1 | -1): number | null {
  const stops = positions.reduce<number[]>((found, position) => (position - (found.at(-1) ?? -Infinity) > ONE_STOP_MS ? [...found, position] : found), [])
  if (direction === 1) return stops.find((stop) => stop > atMs) ?? null
  return stops.findLast((stop) => stop < atMs - ONE_STOP_MS) ?? null
}
