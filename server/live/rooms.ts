/** Names of socket.io rooms of the namespace `/live`; with an adapter they reach over all nodes. */
import type { Namespace, Socket } from 'socket.io'
import type { Person } from '@/protocol/entries'
import type { CallId } from '@/protocol/ids'
import type { LiveEmits, ListenerEmits } from '@/protocol/live-messages'
import type { Viewer } from '../access/sessions'
import type { NodeEmits } from './node-messages'

export type ListenerData = {
  viewer: Viewer
  sessionId: string
  /** What is listened to and how. */
  listening: { callId: CallId; isWitness: boolean } | null
  /** Rooms of the wallboard that he looks at; `null` when he does not. */
  boardRooms: string[] | null
}
export type LiveNamespace = Namespace<ListenerEmits, LiveEmits, NodeEmits, ListenerData>
export type ListenerSocket = Socket<ListenerEmits, LiveEmits, NodeEmits, ListenerData>

/** Everybody who listens to a call. */
export const listenersOf = (callId: CallId): string => `call:${callId}`
/** Those of them who keep up with its packets. */
export const itemsOf = (callId: CallId): string => `items:${callId}`
export const isRoomOfCall = (room: string): boolean => /^(call|items):/.test(room)
/** Wallboards: of admins, and of a team's supervisors. */
export const WHOLE_BOARD = 'board'
export const boardOf = (teamId: string): string => `board:${teamId}`

export const personOf = ({ id, name }: Viewer): Person => ({ id, name })
