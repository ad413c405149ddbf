/** The commands that move about in what is played, for each page that has a player. */
import type { ColumnItem } from './column'
import { type Command, findNeighbour } from './keymap'
import type { PlayerClock } from './player-clock'

const STEP_MS = 5_000

export type Move = Exclude<Command, 'copy-moment' | 'note' | 'search' | 'keys'>

export const isMove = (command: Command): command is Move => command !== 'copy-moment' && command !== 'note' && command !== 'search' && command !== 'keys'

/** `onRefused`: the browser would not play. */
export function move(command: Move, clock: PlayerClock, column: readonly ColumnItem[], onRefused: () => void): void {
  const goTo = (kind: ColumnItem['kind'], direction: 1 | -1): void => {
    const positions = column.filter((item) => item.kind === kind).map((item) => item.atMs)
    const atMs = findNeighbour(positions, clock.atMs, direction)
    if (atMs !== null) clock.seek(atMs)
  }
  switch (command) {
    case 'toggle-play':
      return void clock.toggle().catch(onRefused)
    case 'back':
      return clock.seekBy(-STEP_MS)
    case 'forward':
      return clock.seekBy(STEP_MS)
    case 'next-action':
      return goTo('action', 1)
    case 'previous-action':
      return goTo('action', -1)
    case 'next-utterance':
      return goTo('speech', 1)
    case 'previous-utterance':
      return goTo('speech', -1)
  }
}
