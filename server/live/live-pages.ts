/**
 * The listeners' side: socket.io namespace `/live`, conversation of `protocol/live-messages.ts`.
 *
 * A page is admitted by its session, or by an invitation. Both, with role and team, are read again every few seconds, and
 * whoever has lost the right is put out then. What a page does not take is not kept for it: it leaves the room of packets until it has caught up.
 */
import type { Server } from 'socket.io'
import { LIVE_NAMESPACE } from '@/protocol/live-messages'
import type { CallActs } from '../access/call-acts'
import type { Sessions } from '../access/sessions'
import type { Database } from '../database/client'
import { admit } from './admission'
import type { DeskBook } from './desk-book'
import { tellDesks } from './board-pages'
import { GuestSeats } from './guest-seats'
import { LivePage } from './live-page'
import type { Nodes } from './nodes'
import { recheck, type UnreadRights } from './recheck'
import type { ListenerSocket, LiveNamespace } from './rooms'
import { relieveSlowPages, type SlowPages } from './slow-pages'

const RECHECK_EVERY_MS = 3_000
/** A fault is seen within five seconds: one until the agent says it, one until its node does. */
const DESKS_EVERY_MS = 2_000
const LOOK_AT_QUEUES_EVERY_MS = 200

export type LivePagesDeps = {
  database: Database
  sessions: Sessions
  acts: CallActs
  nodes: Nodes
  desks: Pick<DeskBook, 'read'>
  log: { error(message: string, cause?: unknown): void }
}

// socket.io types all namespaces alike, as speaking anything; this one speaks the supervisors' protocol.
export const liveNamespaceOf = (io: Server): LiveNamespace => io.of(LIVE_NAMESPACE) as LiveNamespace

/** Serves pages until the answer is called. */
export function serveLivePages(namespace: LiveNamespace, deps: LivePagesDeps): () => void {
  const seats = new GuestSeats()
  namespace.use((socket, next) => {
    letIn(socket, deps, seats).then(() => next(), (cause: unknown) => {
      if (cause instanceof NotAdmitted) return next(cause)
      deps.log.error('a page could not be admitted to live listening', cause)
      // Not refused, after which it would not ask again.
      socket.conn.close()
      next(new NotAdmitted())
    })
  })
  namespace.on('connection', (socket) => new LivePage(socket, deps).serve())

  const slow: SlowPages = new Map()
  const unread: UnreadRights = new Map()
  const guarded = (what: string, run: () => Promise<void>) => () => void run().catch((cause: unknown) => deps.log.error(what, cause))
  const timers = [
    setInterval(guarded('the rights of live pages could not be read', () => recheck(namespace, deps, unread)), RECHECK_EVERY_MS),
    setInterval(guarded('the desks could not be told', () => tellDesks(namespace, deps)), DESKS_EVERY_MS),
    setInterval(() => relieveSlowPages(namespace, deps, slow), LOOK_AT_QUEUES_EVERY_MS),
  ]
  return () => {
    timers.forEach((timer) => clearInterval(timer))
    namespace.local.disconnectSockets(true)
  }
}

class NotAdmitted extends Error {
  constructor() {
    super('Sign in to listen.')
  }
}

async function letIn(socket: ListenerSocket, deps: LivePagesDeps, seats: GuestSeats): Promise<void> {
  const admission = await admit(socket.handshake, deps)
  if (!admission || socket.conn.readyState !== 'open') throw new NotAdmitted()
  if (admission.by === 'invitation') {
    const seat = seats.take(admission.guest.person.id)
    if (!seat) throw new NotAdmitted()
    socket.conn.once('close', () => seats.leave(seat))
  }
  socket.data = { admission, listening: null, boardRooms: null }
}

