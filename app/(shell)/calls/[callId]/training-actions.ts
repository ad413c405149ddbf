/** From the call's page into training: the lists to choose from, and the clip itself. The rights are asked again each time. */
'use server'

import { revalidatePath } from 'next/cache'
import { callIdSchema } from '@/protocol/ids'
import { listTeams } from '@/server/access/teams'
import { getViewer } from '@/server/access/viewer'
import { getRuntime } from '@/server/runtime'
import { addClip, newClipSchema } from '@/server/training/clips'
import { listChoices } from '@/server/training/find-lists'
import { mayTrain } from '@/server/training/rights'
import type { TrainingChoices } from '@/app/call/call-context'
import { findCaller } from '@/app/shell/caller'
import { settle } from '@/app/shell/settle'
import { type ChangeAnswer, REFUSED } from '@/app/ui/change-answer'

/** `null`: he makes no clips. */
export async function loadTrainingChoices(): Promise<TrainingChoices | null> {
  const viewer = await getViewer()
  if (!viewer || !mayTrain(viewer)) return null
  const { database } = getRuntime()
  const [lists, teams] = await Promise.all([listChoices(database, viewer), listTeams(database, viewer)])
  return { lists, teams: teams.map(({ id, name }) => ({ id, name })) }
}

export async function addToTraining(call: unknown, clip: unknown): Promise<ChangeAnswer> {
  const [viewer, callId, parsed] = [await getViewer(), callIdSchema.safeParse(call), newClipSchema.safeParse(clip)]
  if (!viewer || !callId.success || !parsed.success) return REFUSED
  const answer = await settle(async () => addClip(getRuntime(), callId.data, parsed.data, { viewer, address: await findCaller() }))
  if (answer.isDone) revalidatePath('/training', 'layout')
  return answer
}
