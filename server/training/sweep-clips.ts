/** Removes what a crash left of clips that were removed: their rows go first, their files after. */
import { callIdSchema } from '@/protocol/ids'
import type { Database } from '../database/client'
import { listClipFiles, removeClipFiles } from '../jobs/make-clip'
import type { MediaStore } from '../media/media-store'

/** Looks only at the calls of which a clip was ever removed. Resolves to the number of clips that had left a file. */
export async function sweepClips({ database, media }: { database: Database; media: MediaStore }): Promise<number> {
  const calls = await database.auditEntry.groupBy({ by: ['callId'], where: { verb: 'clip-removed' } })
  let swept = 0
  for (const call of calls) {
    const callId = callIdSchema.parse(call.callId)
    const cut = new Set((await listClipFiles(media, callId)).map(({ clipId }) => clipId))
    const kept = await database.clip.findMany({ where: { id: { in: [...cut] } }, select: { id: true } })
    for (const { id } of kept) cut.delete(id)
    for (const clipId of cut) await removeClipFiles(media, callId, clipId)
    swept += cut.size
  }
  return swept
}
