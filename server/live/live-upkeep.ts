/** What is looked after while pages are connected: that they still may, that they keep up, and what they are told of desks. */
import type { CallId } from '@/protocol/ids'
import type { LiveEnd } from '@/protocol/live-messages'
import type { Database } from '../database/client'
import { isGuest, mayHear, readAdmissionsAnew } from './admission'
import { desksFor, listDesks } from './desks'
import type { LivePagesDeps } from './live-pages'
import { boardRoomsOf } from './live-rights'
import { isRoomOfCall, type ListenerSocket, type LiveNamespace, roomsOf } from './rooms'
import { unsentBytes } from './unsent-bytes'

const TOO_MUCH_UNSENT_BYTES = 768 * 1024
const LITTLE_UNSENT_BYTES = 32 * 1024

/** Whoever has lost his session, role or team since is put out, and a guest whose invitation does not count any more. */
export async function recheck(namespace: LiveNamespace, deps: LivePagesDeps): Promise<void> {
  const sockets = [...namespace.sockets.values()]
  if (sockets.length === 0) return
  const admissions = await readAdmissionsAnew(sockets.map(({ data }) => data.admission), deps)
  await Promise.all(sockets.map(async (socket, index) => {
    const admission = admissions[index]
    if (!admission) return putOut(socket, deps.database)
    socket.data.admission = admission
    const { listening, boardRooms } = socket.data
    leaveOtherCalls(socket)
    if (listening && !(await mayStillListen(deps.database, socket, listening.callId))) endListening(socket, listening.callId, 'no-right')
    if (boardRooms === null || admission.by !== 'session') return
    const rooms = await boardRoomsOf(deps.database, admission.viewer)
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
      void socket.leave(roomsOf(callId, isGuest(socket.data.admission)).items)
    }
    if (!taken || unsent > LITTLE_UNSENT_BYTES) continue
    slow.delete(socket.id)
    nodes.ask({ kind: 'rejoin', callId, socketId: socket.id, isGuest: isGuest(socket.data.admission), sinceMs: taken.sinceMs }).catch((cause: unknown) => {
      slow.set(socket.id, taken)
      log.error('a slow page could not go on yet', cause)
    })
  }
}

/** What a page that moved on quickly was let into after it had left. */
function leaveOtherCalls(socket: ListenerSocket): void {
  const { admission, listening } = socket.data
  const his = listening ? Object.values(roomsOf(listening.callId, isGuest(admission))) : []
  for (const room of socket.rooms) if (isRoomOfCall(room) && !his.includes(room)) void socket.leave(room)
}

/** A call that is closed ends by itself. */
async function mayStillListen(database: Database, socket: ListenerSocket, callId: CallId): Promise<boolean> {
  return (await mayHear(database, socket.data.admission, callId)) || isClosed(database, callId)
}

const isClosed = async (database: Database, callId: CallId): Promise<boolean> => (await database.call.count({ where: { id: callId, state: 'closed' } })) > 0

function endListening(socket: ListenerSocket, callId: CallId, why: LiveEnd): void {
  const rooms = roomsOf(callId, isGuest(socket.data.admission))
  socket.data.listening = null
  for (const room of Object.values(rooms)) void socket.leave(room)
  socket.emit('ended', { callId, why })
}

/** Who is put out because his call has ended, as a guest is, is told so. */
async function putOut(socket: ListenerSocket, database: Database): Promise<void> {
  const { listening } = socket.data
  if (listening) endListening(socket, listening.callId, (await isClosed(database, listening.callId)) ? 'closed' : 'no-right')
  socket.disconnect(true)
}
