/**
 * What nodes tell each other: a page is connected to one, the agent of the call to another (or the same). Only the node with
 * the agent acts on what concerns a call; the others have nothing to do with it.
 */
import type { Person } from '@/protocol/entries'
import type { CallId } from '@/protocol/ids'
import type { LiveCallView } from '@/protocol/live-messages'
import type { LivePositions } from '@/protocol/live-items'
import type { Present } from './audience'
import type { DeskNews } from './desk-book'

/**
 * `find`: whether he may join it now. `join`: of a `guest` the agent is told before he is let in. `rejoin`: the page did not keep up
 * since that moment (server's wall clock) and wants the present.
 */
export type NodeRequest =
  | { kind: 'find'; callId: CallId; isGuest: boolean }
  | { kind: 'join'; callId: CallId; socketId: string; guest: Present | null; after: LivePositions }
  | { kind: 'rejoin'; callId: CallId; socketId: string; isGuest: boolean; sinceMs: number }
  | { kind: 'audience-changed'; callId: CallId }
  | { kind: 'board'; socketId: string; rooms: string[] }
  | { kind: 'coach-text'; callId: CallId; from: Person; text: string }

/** Bytes between nodes travel as JSON. `node`: which one has these desks. */
export type NodeNotice = { kind: 'coach-voice'; callId: CallId; from: Person; number: number; bytesBase64: string } | { kind: 'desks'; node: string; news: DeskNews }

/** `null` from a node that does not have the call. */
export type NodeAnswer = { kind: 'joined'; call: LiveCallView } | { kind: 'text-shown'; id: string; deliveredMs: number } | { kind: 'text-failed' } | { kind: 'done' } | null

export type NodeEmits = {
  ask: (request: NodeRequest, reply: (answer: NodeAnswer) => void) => void
  tell: (notice: NodeNotice) => void
}
