/** Deletes a training list with its clips, their comments, ticks and files. */
import { callIdSchema } from '@/protocol/ids'
import { recordAudit } from '../access/audit'
import { takeOutClip } from './clips'
import { type By, lockList, type TrainingDeps } from './lists'
import { requireKeptList } from './rights'

/**
 * Clip by clip, then the empty list: what custody says of a clip is for good, so each is removed with what is written of it,
 * however many there are. One that fails leaves the rest of the list as it was. Throws AccessError `not-allowed`.
 */
export async function deleteList(deps: TrainingDeps, listId: string, by: By): Promise<void> {
  const { name } = await requireKeptList(deps.database, by.viewer, listId)
  let removed = 0
  while (!(await deleteIfEmpty(deps, listId, removed, by))) {
    for (const { id, callId, title } of await deps.database.clip.findMany({ where: { listId }, select: { id: true, callId: true, title: true } })) {
      await takeOutClip(deps, { id, title, callId: callIdSchema.parse(callId), list: { id: listId, name } }, by)
      removed += 1
    }
  }
}

/** `false`: clips are in it, perhaps added just now. `removed`: how many went before. */
const deleteIfEmpty = ({ database }: Pick<TrainingDeps, 'database'>, listId: string, removed: number, { viewer, address }: By): Promise<boolean> =>
  database.$transaction(async (transaction) => {
    await lockList(transaction, listId)
    const { name } = await requireKeptList(transaction, viewer, listId)
    if ((await transaction.clip.count({ where: { listId } })) > 0) return false
    await transaction.trainingList.delete({ where: { id: listId } })
    await recordAudit(transaction, { verb: 'training-list-deleted', actorId: viewer.id, address, detail: { list: name, listId, clips: removed } })
    return true
  })
