/** What of live listening a page needs to know at run time; a file of its own, so that pages need not carry the schemas. */
export const LIVE_NAMESPACE = '/live'
export const MAX_COACH_TEXT_LENGTH = 500

/** How long an invitation to a running call lasts: `call` until the call ends, at most for hours. */
export const INVITATION_LASTS = ['quarter', 'hour', 'call'] as const
export type InvitationLasts = (typeof INVITATION_LASTS)[number]
/** What somebody without an account is invited to a running call as. */
export const INVITED_AS = ['trainee', 'witness'] as const
export const MAX_INVITED_NAME_LENGTH = 100

/** What a team's technicians see of those who listen; what tells them most comes first. */
export const LISTENERS_SHOWN = ['always', 'afterCall', 'never'] as const
export type ListenersShown = (typeof LISTENERS_SHOWN)[number]
