/** How an agent fares, told once a second while a call runs and whenever it changes: what the wallboard shows. */
import { z } from 'zod'
import { callIdSchema } from './ids'
import { audioTrackSchema } from './tracks'

export const agentPhaseSchema = z.enum(['idle', 'starting', 'recording', 'paused', 'wrap-up'])
export type AgentPhase = z.infer<typeof agentPhaseSchema>

/** As the panel shows it: what is wrong and what to do about it. `id` stays the same while the fault lasts. */
export const agentFaultSchema = z.object({ id: z.string().max(200), severity: z.enum(['bad', 'warn']), message: z.string().max(2_000), remedy: z.string().max(2_000) })
export type AgentFault = z.infer<typeof agentFaultSchema>

export const agentStatusSchema = z.object({
  phase: agentPhaseSchema,
  callId: callIdSchema.nullable(),
  /** Peak since the status before, in dB below full scale, at least -100. Absent: no data. */
  levelsDb: z.partialRecord(audioTrackSchema, z.number()),
  /** For how long the server has lacked something that is on the agent's disk. */
  behindMs: z.number(),
  faults: z.array(agentFaultSchema).max(50),
})
export type AgentStatus = z.infer<typeof agentStatusSchema>
