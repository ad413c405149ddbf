/** The media streams that a call can have: one file each in the call's folder. */
import { z } from 'zod'

/** `mixed` holds both voices of a call recorded through one microphone: its speakers are unknown. */
export const audioTrackSchema = z.enum(['technician', 'customer', 'mixed', 'coach'])
export type AudioTrack = z.infer<typeof audioTrackSchema>

export const trackSchema = z.enum([...audioTrackSchema.options, 'screen'])
export type Track = z.infer<typeof trackSchema>

export { OPUS_PACKET_MS, OPUS_SAMPLE_RATE_HZ, OPUS_SILENCE } from './opus'

/** A screen that does not change is recorded as long as frames come at least this often. */
export const SCREEN_HEARTBEAT_LIMIT_MS = 6_000

export const trackFile = (track: Track): string => (track === 'screen' ? 'screen.mp4' : `${track}.ogg`)

/** What entry 0 announces of a track. */
export const trackDescriptionSchema = z.discriminatedUnion('codec', [
  z.object({ track: audioTrackSchema, codec: z.literal('opus'), file: z.string(), sampleRateHz: z.int().positive(), channels: z.int().positive() }),
  z.object({ track: z.literal('screen'), codec: z.literal('vp9'), file: z.string(), widthPx: z.int().positive(), heightPx: z.int().positive() }),
])
export type TrackDescription = z.infer<typeof trackDescriptionSchema>
