/** The wallboard's calls: what the server pushes put together, and which of them come first. Pure but for the store. */
import type { BoardTechnician, BoardTile, BoardUpdate } from '@/protocol/live-messages'
import type { LiveLink } from './live-link'
import { Store } from './store'

export type Board = Readonly<{ isLoaded: boolean; tiles: ReadonlyMap<string, BoardTile>; technicians: readonly BoardTechnician[] }>
export const EMPTY_BOARD: Board = { isLoaded: false, tiles: new Map(), technicians: [] }

export function applyUpdate(before: Board, { isWhole, tiles, gone, technicians }: BoardUpdate): Board {
  const next = new Map(isWhole ? [] : before.tiles)
  for (const tile of tiles) next.set(tile.callId, tile)
  for (const callId of gone) next.delete(callId)
  return { isLoaded: true, tiles: next, technicians: technicians ?? (isWhole ? [] : before.technicians) }
}

/** A server that lacks this much of a call is not just slow for a moment. */
export const BEHIND_MS = 5_000

/** Nothing needs attention. */
export const CALM = 4

/** 0 is looked at first. */
export function urgencyOf({ faults, phrases, phase, isAway, behindMs }: BoardTile): number {
  if (faults.some(({ severity }) => severity === 'bad')) return 0
  if (phrases.length > 0) return 1
  if (faults.length > 0 || isAway || behindMs > BEHIND_MS) return 2
  return phase === 'paused' ? 3 : CALM
}

/** Of one team, or of all (`null`); the urgent first, then in the order in which they began, so that nothing moves without a reason. */
export function orderTiles(tiles: Iterable<BoardTile>, team: string | null): BoardTile[] {
  const shown = [...tiles].filter(({ teams }) => team === null || teams.includes(team))
  return shown.sort((a, b) => urgencyOf(a) - urgencyOf(b) || a.startedAt.localeCompare(b.startedAt) || a.callId.localeCompare(b.callId))
}

export const teamsOf = ({ tiles, technicians }: Board): string[] =>
  [...new Set([...[...tiles.values()].flatMap(({ teams }) => teams), ...technicians.flatMap(({ teams }) => teams)])].sort((a, b) => a.localeCompare(b))

/** Keeps a board up to date; the returned function ends that. */
export function watchBoard(link: LiveLink, board: Store<Board>, onRefused: (message: string) => void): () => void {
  const handle = (update: BoardUpdate): void => board.update((before) => applyUpdate(before, update))
  const watch = async (): Promise<void> => {
    const answer = await link.socket.emitWithAck('watch-board').catch(() => null)
    if (answer && !answer.ok) onRefused(answer.message)
  }
  link.socket.on('board', handle)
  const stop = link.onOpen(() => void watch())
  return () => {
    stop()
    link.socket.off('board', handle)
    link.socket.emit('leave-board')
  }
}
