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
  | 'palette'

export type Key = Readonly<{
  key: string
  /** Ctrl, Alt or ⌘ is held. */
  hasModifier: boolean
  /** Ctrl or ⌘ is held, and nothing else. */
  isCommand: boolean
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
/** With Ctrl or ⌘; the only one that works while somebody types. */
export const PALETTE_KEY = 'k'

const COMMANDS: ReadonlyMap<string, Command> = new Map(KEYS.map(({ key, command }) => [key, command]))

export function findCommand({ key, hasModifier, isCommand, isInField, isOnControl }: Key): Command | null {
  const plain = key.length === 1 ? key.toLowerCase() : key
  if (isCommand && plain === PALETTE_KEY) return 'palette'
  if (hasModifier || isInField) return null
  const command = COMMANDS.get(plain) ?? null
  return command === 'toggle-play' && isOnControl ? null : command
}

/** The next position after, or before, where the player stands; `null` at the ends. Going back leaves the item that has just begun. */
export function findNeighbour(positions: readonly number[], atMs: number, direction: 1 | -1): number | null {
  const JUST_BEGUN_MS = 700
  if (direction === 1) return positions.find((position) => position > atMs) ?? null
  return positions.findLast((position) => position < atMs - JUST_BEGUN_MS) ?? null
}
