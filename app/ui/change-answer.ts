/** What a change that somebody asked for comes back with. `message`: why nothing was changed, in words for people, if any. */
export type ChangeAnswer = { isDone: true } | { isDone: false; message: string | null }

export const DONE: ChangeAnswer = { isDone: true }
export const REFUSED: ChangeAnswer = { isDone: false, message: null }
