/** Names of socket.io rooms of the namespace `/live`; with an adapter they reach over all nodes. */
import type { Namespace, Socket } from 'socket.io'
import type { CallId } from '@/protocol/ids'
import type { LiveEmits, ListenerEmits } from '@/protocol/live-messages'
import type { Admission } from './admission'
import type { NodeEmits } from './node-messages'

export type ListenerData = {
  admission: Admission
  /** What is listened to and how. */
  listening: { callId: CallId; isWitness: boolean } | null
  /** Rooms of the wallboard that he looks at; `null` when he does not. */
  boardRooms: string[] | null
}
export type LiveNamespace = Namespace<ListenerEmits, LiveEmits, NodeEmits, ListenerData>
export type ListenerSocket = Socket<ListenerEmits, LiveEmits, NodeEmits, ListenerData>

/** Everybody who listens to a call in his own right. */
export const listenersOf = (callId: CallId): string => `call:${callId}`
/** Those of them who keep up with its packets. */
export const itemsOf = (callId: CallId): string => `items:${callId}`
/** Guests have rooms of their own: they are not told everything. */
export const guestsOf = (callId: CallId): string => `guests:${callId}`
export const guestItemsOf = (callId: CallId): string => `guest-items:${callId}`
export const isRoomOfCall = (room: string): boolean => /^(call|items|guests|guest-items):/.test(room)
/** Where a page is that listens to the call. */
export const roomsOf = (callId: CallId, isGuest: boolean): { told: string; items: string } =>
  isGuest ? { told: guestsOf(callId), items: guestItemsOf(callId) } : { told: listenersOf(callId), items: itemsOf(callId) }
/** Wallboards: of admins, and of a team's supervisors. */
export const WHOLE_BOARD = 'board'
export const boardOf = (teamId: string): string => `board:${teamId}`
