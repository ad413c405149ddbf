/** What is looked after while pages are connected: that they still may, that they keep up, and what they are told of desks. */
import type { CallId } from '@/protocol/ids'
import { maySupervise } from '../access/policy'
import type { Database } from '../database/client'
import { desksFor, listDesks } from './desks'
import type { LivePagesDeps } from './live-pages'
import { boardRoomsOf, mayListen } from './live-rights'
import { isRoomOfCall, itemsOf, listenersOf, type ListenerSocket, type LiveNamespace } from './rooms'
import { unsentBytes } from './unsent-bytes'

const TOO_MUCH_UNSENT_BYTES = 768 * 1024
const LITTLE_UNSENT_BYTES = 32 * 1024

/** Whoever has lost his session, role or team since is put out. */
export async function recheck(namespace: LiveNamespace, deps: LivePagesDeps): Promise<void> {
  const sockets = [...namespace.sockets.values()]
  if (sockets.length === 0) return
  const viewers = await deps.sessions.readAnew(sockets.map(({ data }) => data.sessionId))
  await Promise.all(sockets.map(async (socket) => {
    const viewer = viewers.get(socket.data.sessionId)
    if (!viewer || !maySupervise(viewer)) return putOut(socket)
    socket.data.viewer = viewer
    const { listening, boardRooms } = socket.data
    leaveOtherCalls(socket)
    if (listening && !(await mayStillListen(deps.database, socket, listening.callId))) leaveForLackOfRight(socket, listening.callId)
    if (boardRooms === null) return
    const rooms = await boardRoomsOf(deps.database, viewer)
    if (rooms.toSorted().join() !== boardRooms.toSorted().join()) await showBoard(socket, rooms, deps)
  }))
}

/** The board as these rooms see it, whole, and from then on what changes. */
export async function showBoard(socket: ListenerSocket, rooms: string[], { database, desks, nodes }: LivePagesDeps): Promise<void> {
  for (const room of socket.data.boardRooms ?? []) if (!rooms.includes(room)) await socket.leave(room)
  socket.data.boardRooms = rooms
  await socket.join(rooms)
  socket.emit('board', { isWhole: true, tiles: [], gone: [], technicians: desksFor(await listDesks(database, desks.read()), rooms) })
  await nodes.ask({ kind: 'board', socketId: socket.id, rooms })
}

export async function tellDesks(namespace: LiveNamespace, { database, desks }: LivePagesDeps): Promise<void> {
  const watching = [...namespace.sockets.values()].flatMap((socket) => (socket.data.boardRooms ? [{ socket, rooms: socket.data.boardRooms }] : []))
  if (watching.length === 0) return
  const listed = await listDesks(database, desks.read())
  for (const { socket, rooms } of watching) socket.emit('board', { isWhole: false, tiles: [], gone: [], technicians: desksFor(listed, rooms) })
}

/** `slow`: pages that were taken out of the room of packets, each with the call and since when. */
export type SlowPages = Map<string, { callId: CallId; sinceMs: number }>

export function relieveSlowPages(namespace: LiveNamespace, { nodes, log }: LivePagesDeps, slow: SlowPages): void {
  for (const [socketId, { callId }] of slow) if (namespace.sockets.get(socketId)?.data.listening?.callId !== callId) slow.delete(socketId)
  for (const socket of namespace.sockets.values()) {
    const { listening } = socket.data
    if (!listening) continue
    const { callId } = listening
    const unsent = unsentBytes(socket)
    const taken = slow.get(socket.id)
    if (!taken && unsent > TOO_MUCH_UNSENT_BYTES) {
      slow.set(socket.id, { callId, sinceMs: Date.now() })
      void socket.leave(itemsOf(callId))
    }
    if (!taken || unsent > LITTLE_UNSENT_BYTES) continue
    slow.delete(socket.id)
    nodes.ask({ kind: 'rejoin', callId, socketId: socket.id, sinceMs: taken.sinceMs }).catch((cause: unknown) => {
      slow.set(socket.id, taken)
      log.error('a slow page could not go on yet', cause)
    })
  }
}

/** What a page that moved on quickly was let into after it had left. */
function leaveOtherCalls(socket: ListenerSocket): void {
  const { listening } = socket.data
  for (const room of socket.rooms) if (isRoomOfCall(room) && (!listening || ![listenersOf(listening.callId), itemsOf(listening.callId)].includes(room))) void socket.leave(room)
}

/** A call that is closed ends by itself. */
async function mayStillListen(database: Database, socket: ListenerSocket, callId: CallId): Promise<boolean> {
  if (await mayListen(database, socket.data.viewer, callId)) return true
  const call = await database.call.findUnique({ where: { id: callId }, select: { state: true } })
  return call?.state === 'closed'
}

function leaveForLackOfRight(socket: ListenerSocket, callId: CallId): void {
  socket.data.listening = null
  void socket.leave(listenersOf(callId))
  void socket.leave(itemsOf(callId))
  socket.emit('ended', { callId, why: 'no-right' })
}

function putOut(socket: ListenerSocket): void {
  if (socket.data.listening) leaveForLackOfRight(socket, socket.data.listening.callId)
  socket.disconnect(true)
}
