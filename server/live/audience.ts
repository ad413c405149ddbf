/** Who listens to a call, on all nodes: people, each once, however many pages he has open. */
import type { CallId } from '@/protocol/ids'
import type { PresenceData } from '@/protocol/presence'
import { personOf } from './admission'
import type { Guest } from './guests'
import { guestsOf, listenersOf, type LiveNamespace } from './rooms'

export type Present = Omit<PresenceData, 'state'> & { as: 'supervisor' | 'witness' }

export async function findAudience(namespace: LiveNamespace, callId: CallId): Promise<Present[]> {
  const sockets = await namespace.in([listenersOf(callId), guestsOf(callId)]).fetchSockets()
  const present = new Map<string, Present>()
  for (const { data } of sockets) {
    if (data.listening?.callId !== callId) continue
    const person = personOf(data.admission)
    if (data.admission.by === 'invitation') present.set(person.id, presentGuest(data.admission.guest))
    else if (data.listening.isWitness) present.set(person.id, { person, as: 'witness' })
    else if (!present.has(person.id)) present.set(person.id, { person, as: 'supervisor' })
  }
  return [...present.values()]
}

export const presentGuest = ({ person, invited }: Guest): Present => ({ person, as: 'witness', invited })

export const isPresent = (list: readonly Present[], { person, as }: Present): boolean => list.some((other) => other.person.id === person.id && other.as === as)
