/** Whether the page may go on, and if not, why: in words for a notice. */

/** `gone`: deleted, or taken from the viewer; the two look the same. `unreachable`: the network or the server is away. */
export type Standing = 'fine' | 'signed-out' | 'gone' | 'unreachable'
/** What app/api/calls/[callId]/standing answers. */
export type StandingReply = Readonly<{ standing: Exclude<Standing, 'unreachable'> }>
