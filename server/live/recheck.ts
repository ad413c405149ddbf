/**
 * That pages which are connected still may be: whoever has lost his session, role or team since is put out, and a guest
 * whose invitation does not count any more. So is whoever's rights could not be read for two rounds.
 */
import type { CallId } from '@/protocol/ids'
import type { LiveEnd } from '@/protocol/live-messages'
import type { Database } from '../database/client'
import { type Admission, isGuest, mayHear, readAdmissionsAnew } from './admission'
import { showBoard } from './board-pages'
import type { LivePagesDeps } from './live-pages'
import { boardRoomsOf } from './live-rights'
import { isRoomOfCall, type ListenerSocket, type LiveNamespace, roomsOf } from './rooms'

const UNREAD_ROUNDS = 2
/** An answer that is later has not come in this round. */
const ANSWER_WITHIN_MS = 2_500

/** For how many rounds in a row a page's rights could not be read, by socket. */
export type UnreadRights = Map<string, number>

export async function recheck(namespace: LiveNamespace, deps: LivePagesDeps, unread: UnreadRights): Promise<void> {
  for (const socketId of unread.keys()) if (!namespace.sockets.has(socketId)) unread.delete(socketId)
  const sockets = [...namespace.sockets.values()]
  if (sockets.length === 0) return
  const admissions = readAdmissionsAnew(sockets.map(({ data }) => data.admission), deps)
  const outcomes = await Promise.allSettled(sockets.map((socket, index) => inTime(recheckPage(socket, admissions[index]!, deps))))
  const failed = outcomes.flatMap((outcome, index) => (outcome.status === 'rejected' ? [{ socket: sockets[index]!, cause: outcome.reason as unknown }] : []))
  outcomes.forEach(({ status }, index) => status === 'fulfilled' && unread.delete(sockets[index]!.id))
  if (failed.length > 0) deps.log.error(`the rights of ${failed.length} of ${sockets.length} live pages could not be read`, failed[0]!.cause)
  for (const { socket } of failed) {
    const rounds = (unread.get(socket.id) ?? 0) + 1
    unread.set(socket.id, rounds)
    // Not told that it has ended, which nobody knows: the page asks to be let in again.
    if (rounds >= UNREAD_ROUNDS) socket.disconnect(true)
  }
}

async function recheckPage(socket: ListenerSocket, reading: Promise<Admission | null>, deps: LivePagesDeps): Promise<void> {
  const admission = await reading
  if (!admission) return putOut(socket, deps.database)
  socket.data.admission = admission
  const { listening, boardRooms } = socket.data
  leaveOtherCalls(socket)
  if (listening && !(await mayStillListen(deps.database, socket, listening.callId))) endListening(socket, listening.callId, 'no-right')
  if (boardRooms === null || admission.by !== 'session') return
  const rooms = await boardRoomsOf(deps.database, admission.viewer)
  if (rooms.toSorted().join() !== boardRooms.toSorted().join()) await showBoard(socket, rooms, deps)
}

function inTime(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => (timer = setTimeout(() => reject(new Error(`there was no answer within ${ANSWER_WITHIN_MS} ms`)), ANSWER_WITHIN_MS)))
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
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
