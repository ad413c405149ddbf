/** What the page of a running call asks of the server beside its socket. */
'use server'

import { callIdSchema } from '@/protocol/ids'
import { getViewer } from '@/server/access/viewer'
import { mayListen } from '@/server/live/live-rights'
import { getRuntime } from '@/server/runtime'
import { NoteError } from '@/server/timeline/errors'
import { addNote, newNoteSchema } from '@/server/timeline/moments'
import { findCaller } from '@/app/shell/caller'

/** The server's clock and the technician's may differ by this much. */
const CLOCK_TOLERANCE_MS = 10_000

/** Whether the moment was marked. */
export async function markMoment(callId: string, note: unknown): Promise<boolean> {
  const [viewer, id, parsed] = [await getViewer(), callIdSchema.safeParse(callId), newNoteSchema.safeParse(note)]
  const runtime = getRuntime()
  if (!viewer || !id.success || !parsed.success || !(await mayListen(runtime.database, viewer, id.data))) return false
  const { startedAt } = await runtime.database.call.findUniqueOrThrow({ where: { id: id.data }, select: { startedAt: true } })
  try {
    await addNote(runtime, id.data, Date.now() - startedAt.getTime() + CLOCK_TOLERANCE_MS, parsed.data, { viewer, address: await findCaller() })
    return true
  } catch (error) {
    if (error instanceof NoteError) return false
    throw error
  }
}
