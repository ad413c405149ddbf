/** The phrases that raise a running call of a team on the wallboard: set by those who supervise it. */
import { z } from 'zod'
import type { Database } from '../database/client'
import { recordAudit } from './audit'
import { AccessError } from './errors'
import { teamsSupervisedBy } from './policy'
import type { Viewer } from './sessions'

export const MAX_PHRASES = 50
export const MAX_PHRASE_LENGTH = 100
const HAS_A_WORD = /[\p{L}\p{N}]/u

/** Each once, in the order in which they were written. */
export const livePhrasesSchema = z
  .array(z.string().trim().max(MAX_PHRASE_LENGTH).regex(HAS_A_WORD))
  .max(MAX_PHRASES)
  .transform((phrases) => [...new Set(phrases)])

/** Throws AccessError `not-allowed` when there is no such team, or it is none of his. */
export async function setLivePhrases(database: Database, teamId: string, livePhrases: string[], viewer: Viewer, address: string | null): Promise<void> {
  await database.$transaction(async (transaction) => {
    const [team] = await transaction.team.updateManyAndReturn({ where: { AND: [teamsSupervisedBy(viewer), { id: teamId }] }, data: { livePhrases }, select: { name: true } })
    if (!team) throw AccessError.notAllowed()
    await recordAudit(transaction, { actorId: viewer.id, address, verb: 'team-phrases-set', detail: { teamId, name: team.name, phrases: livePhrases } })
  })
}
