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

export type Key = Readonly<{
  key: string
  hasModifier: boolean
  /** Somebody is typing, or the control in focus uses arrows and letters itself. */
  isInField: boolean
  /** The space bar would press the control in focus, and the person got there by keyboard. */
  isOnControl: boolean
}>

const COMMANDS: Readonly<Record<string, Command>> = {
  ' ': 'toggle-play',
  ArrowLeft: 'back',
  ArrowRight: 'forward',
  j: 'next-action',
  k: 'previous-action',
  ']': 'next-utterance',
  '[': 'previous-utterance',
  c: 'copy-moment',
}

export function findCommand({ key, hasModifier, isInField, isOnControl }: Key): Command | null {
  if (hasModifier || isInField) return null
  const command = COMMANDS[key.length === 1 ? key.toLowerCase() : key] ?? null
  return command === 'toggle-play' && isOnControl ? null : command
}

/** The next position after, or before, where the player stands; `null` at the ends. Going back leaves the item that has just begun. */
export function findNeighbour(positions: readonly number[], atMs: number, direction: 1 | -1): number | null {
  const JUST_BEGUN_MS = 700
  if (direction === 1) return positions.find((position) => position > atMs) ?? null
  return positions.findLast((position) => position < atMs - JUST_BEGUN_MS) ?? null
}
