/** What of live listening a page needs to know at run time; a file of its own, so that pages need not carry the schemas. */
export const LIVE_NAMESPACE = '/live'
export const MAX_COACH_TEXT_LENGTH = 500

/** What a team's technicians see of those who listen; what tells them most comes first. */
export const LISTENERS_SHOWN = ['always', 'afterCall', 'never'] as const
export type ListenersShown = (typeof LISTENERS_SHOWN)[number]
