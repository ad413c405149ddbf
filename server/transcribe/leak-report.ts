/** How much of one party's sound was found in the other's track. Stored in `Call.leak`: add fields, never rename. */
import { z } from 'zod'
import { audioTrackSchema } from '@/protocol/tracks'

export const leakSchema = z.object({
  from: audioTrackSchema,
  into: audioTrackSchema,
  /** Level of the leaked sound against its source's, in dB; 0 would be as loud as the source itself. */
  levelDb: z.number(),
  /** How much later it arrives. */
  delayMs: z.int().nonnegative(),
  /** Utterances of the `into` track that are explained by the leak alone. */
  utterancesMarked: z.int().nonnegative(),
})
export type Leak = z.infer<typeof leakSchema>

export const leakReportSchema = z.array(leakSchema)
export type LeakReport = z.infer<typeof leakReportSchema>
