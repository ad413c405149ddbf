/**
 * The conversation between the browser extension and the agent on loopback.
 *
 * `GET /extension` tells what to watch; `POST /extension/actions` delivers. Both need `Authorization: Bearer <pairing secret>`.
 * An action is delivered again, with its id, until it is answered; the log takes each id once. 503 means: keep what you hold,
 * it is not known yet whether a call goes on.
 */
import { z } from 'zod'
import { actionDataSchema } from '@/protocol/entries'

export const EXTENSION_PATH = '/extension'
export const ACTIONS_PATH = '/extension/actions'
/** A body above this is refused unread; the extension makes smaller batches. */
export const MAX_BODY_BYTES = 512 * 1024
export const MAX_BATCH_ACTIONS = 50

export const reportedActionSchema = z.object({
  id: z.uuid(),
  /** Wall clock at the deed, in milliseconds since 1970. */
  wallMs: z.number().positive(),
  /** Of the page's frame, as the browser itself names it. */
  origin: z.string().max(300),
  action: actionDataSchema,
})
export type ReportedAction = z.infer<typeof reportedActionSchema>

export const actionBatchSchema = z.object({ actions: z.array(reportedActionSchema).min(1).max(MAX_BATCH_ACTIONS) })

/** Which call is recorded, as an opaque word; `null` when none is: then the extension drops what it holds. */
const callFields = { call: z.string().nullable() }

export const watchReplySchema = z.object({ ...callFields, allowedOrigins: z.array(z.string()) })
export type WatchReply = z.infer<typeof watchReplySchema>

/** `taken` are the ids that are in the log, or will never be: all of them may be forgotten. */
export const deliveryReplySchema = z.object({ ...callFields, taken: z.array(z.string()) })
export type DeliveryReply = z.infer<typeof deliveryReplySchema>
