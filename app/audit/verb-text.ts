/** What an entry of the audit trail says was done; a verb of a later version is shown as it is. */
import messages from '@/messages/en.json'

export type KnownVerb = keyof typeof messages.audit.verb

export const isKnownVerb = (verb: string): verb is KnownVerb => Object.hasOwn(messages.audit.verb, verb)
