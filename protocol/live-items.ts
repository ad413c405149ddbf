/**
 * What is relayed while somebody listens: the very packets and frames that the next chunk seals, as they come. They are
 * outside the log, may be lost on the way, and acknowledge nothing.
 */
import { z } from 'zod'
import { callIdSchema } from './ids'
import { trackSchema, type Track } from './tracks'

const bytesSchema = z.custom<Uint8Array>((value) => value instanceof Uint8Array)

/** One Opus packet of 20 ms, or one VP9 frame, with its place on the timeline (fractions of a millisecond allowed). */
export const liveItemSchema = z.object({ track: trackSchema, atMs: z.number(), bytes: bytesSchema, isKey: z.boolean() })
export type LiveItem = z.infer<typeof liveItemSchema>

/** `originMs`: the server's wall clock at the timeline's 0, as whoever sends it has measured it. */
export const liveItemsSchema = z.object({ callId: callIdSchema, originMs: z.number(), items: z.array(liveItemSchema).min(1).max(4_096) })
export type LiveItems = z.infer<typeof liveItemsSchema>

/** The last item that somebody has, by track: he wants what follows. */
export const livePositionsSchema = z.partialRecord(trackSchema, z.number())
export type LivePositions = Partial<Record<Track, number>>
