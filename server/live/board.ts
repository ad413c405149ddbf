/**
 * The wallboard: tells what has changed on a call to everybody who may see it, at most twice a second, each change once.
 */
import type { CallId } from '@/protocol/ids'
import type { BoardTile } from '@/protocol/live-messages'
import type { LiveCall } from './live-call'
import { boardOf, type LiveNamespace, WHOLE_BOARD } from './rooms'

const TELL_EVERY_MS = 500

export class Board {
  private readonly changed = new Map<CallId, LiveCall>()
  private readonly gone = new Map<CallId, readonly string[]>()
  /** Rooms that a call goes on without. */
  private readonly parting = new Map<CallId, readonly string[]>()
  private readonly timer = setInterval(() => this.tell(), TELL_EVERY_MS)

  constructor(private readonly namespace: LiveNamespace) {}

  change(call: LiveCall): void {
    this.changed.set(call.callId, call)
  }

  remove({ callId, rules }: LiveCall): void {
    this.changed.delete(callId)
    this.gone.set(callId, roomsOf(rules.teamIds))
  }

  /** The call is of other teams from now on: those that it leaves see it no more. */
  move(call: LiveCall, teamIds: readonly string[]): void {
    const left = roomsOf(call.rules.teamIds).filter((room) => !roomsOf(teamIds).includes(room))
    if (left.length > 0) this.parting.set(call.callId, left)
    if (left.length > 0 || teamIds.length !== call.rules.teamIds.length) this.change(call)
  }

  /** For one page that begins to look: all calls of this node that its rooms may see. */
  tellAll(socketId: string, rooms: readonly string[], calls: readonly LiveCall[]): void {
    const tiles = calls.filter(({ rules }) => roomsOf(rules.teamIds).some((room) => rooms.includes(room))).map(({ tile }) => tile.read())
    if (tiles.length > 0) this.namespace.to(socketId).emit('board', { isWhole: false, tiles, gone: [], technicians: null })
  }

  dispose(): void {
    clearInterval(this.timer)
  }

  private tell(): void {
    const updates = new Map<string, { tiles: BoardTile[]; gone: CallId[] }>()
    const updateOf = (room: string) => updates.get(room) ?? updates.set(room, { tiles: [], gone: [] }).get(room)!
    for (const { tile, rules } of this.changed.values()) {
      const told = tile.read()
      for (const room of roomsOf(rules.teamIds)) updateOf(room).tiles.push(told)
    }
    for (const [callId, rooms] of [...this.gone, ...this.parting]) for (const room of rooms) updateOf(room).gone.push(callId)
    this.changed.clear()
    this.gone.clear()
    this.parting.clear()
    for (const [room, { tiles, gone }] of updates) this.namespace.to(room).emit('board', { isWhole: false, tiles, gone, technicians: null })
  }
}

const roomsOf = (teamIds: readonly string[]): string[] => [WHOLE_BOARD, ...teamIds.map(boardOf)]
