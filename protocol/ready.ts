/** What `agent ready` finds at a desk before a shift: everything that a call needs, tried for real. */
import { z } from 'zod'

/** What a check finds may quote a program or a driver; more of it helps nobody. */
export const MAX_VERDICT_LENGTH = 500
const verdictTextSchema = z.string().max(MAX_VERDICT_LENGTH)

/** `warn` keeps nobody from taking calls. All texts are for people. */
export const verdictSchema = z.object({ name: z.string().max(40), state: z.enum(['ok', 'warn', 'bad']), found: verdictTextSchema, remedy: verdictTextSchema.nullable() })
export type Verdict = z.infer<typeof verdictSchema>

/** `testedAt` is ISO, UTC, by the desk's clock. */
export const readyResultSchema = z.object({ v: z.literal(1), testedAt: z.iso.datetime(), isReady: z.boolean(), verdicts: z.array(verdictSchema).max(20) })
export type ReadyResult = z.infer<typeof readyResultSchema>
