/** What is looked after while pages are connected: that they still may, that they keep up, and what they are told of desks. */
import type { CallId } from '@/protocol/ids'
import { maySupervise } from '../access/policy'
import type { Database } from '../database/client'
import { desksFor, listDesks } from './desks'
import type { LivePagesDeps } from './live-pages'
import { boardRoomsOf, mayListen } from './live-rights'
import { itemsOf, listenersOf, type ListenerSocket, type LiveNamespace } from './rooms'
import { unsentBytes } from './unsent-bytes'

const TOO_MUCH_UNSENT_BYTES = 768 * 1024
const LITTLE_UNSENT_BYTES = 32 * 1024

/** Whoever has lost his session, role or team since is put out. */
export async function recheck(namespace: LiveNamespace, { sessions, database }: LivePagesDeps): Promise<void> {
  const sockets = [...namespace.sockets.values()]
  if (sockets.length === 0) return
  const viewers = await sessions.readAnew(sockets.map(({ data }) => data.sessionId))
  await Promise.all(sockets.map(async (socket) => {
    const viewer = viewers.get(socket.data.sessionId)
    if (!viewer || !maySupervise(viewer)) return putOut(socket)
    socket.data.viewer = viewer
    const { listening, boardRooms } = socket.data
    if (listening && !(await mayStillListen(database, socket, listening.callId))) leaveForLackOfRight(socket, listening.callId)
    if (boardRooms.length > 0) await moveToRooms(socket, await boardRoomsOf(database, viewer))
  }))
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

async function moveToRooms(socket: ListenerSocket, rooms: string[]): Promise<void> {
  const left = socket.data.boardRooms.filter((room) => !rooms.includes(room))
  socket.data.boardRooms = rooms
  await Promise.all([...left.map((room) => socket.leave(room)), socket.join(rooms)])
}

export async function tellDesks(namespace: LiveNamespace, { database, statuses }: LivePagesDeps): Promise<void> {
  const watching = [...namespace.sockets.values()].filter(({ data }) => data.boardRooms.length > 0)
  if (watching.length === 0) return
  const desks = await listDesks(database, statuses())
  for (const socket of watching) socket.emit('board', { isWhole: false, tiles: [], gone: [], technicians: desksFor(desks, socket.data.boardRooms) })
}

/** `slow`: pages that were taken out of the room of packets, with the time since when. */
export function relieveSlowPages(namespace: LiveNamespace, { nodes, log }: LivePagesDeps, slow: Map<string, number>): void {
  for (const socketId of slow.keys()) if (!namespace.sockets.has(socketId)) slow.delete(socketId)
  for (const socket of namespace.sockets.values()) {
    const { listening } = socket.data
    if (!listening) continue
    const unsent = unsentBytes(socket)
    const sinceMs = slow.get(socket.id)
    if (sinceMs === undefined && unsent > TOO_MUCH_UNSENT_BYTES) {
      slow.set(socket.id, Date.now())
      void socket.leave(itemsOf(listening.callId))
    }
    if (sinceMs !== undefined && unsent < LITTLE_UNSENT_BYTES) {
      slow.delete(socket.id)
      nodes.ask({ kind: 'rejoin', callId: listening.callId, socketId: socket.id, sinceMs }).catch((cause: unknown) => log.error('a slow page could not go on', cause))
    }
  }
}
