/** Who is with a call, and as what. */
import type { EntryOf } from './entries'

export type PresenceData = EntryOf<'presence'>['data']
export type PresenceRole = PresenceData['as'] | 'trainee'

/** Whoever was invited stands in the log as a witness, which older readers know too; what he was invited as says more. */
export const presenceRole = ({ as, invited }: Pick<PresenceData, 'as' | 'invited'>): PresenceRole => invited?.as ?? as
