/** Changes to the saved views of whoever is signed in. */
'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import { getViewer } from '@/server/access/viewer'
import { getRuntime } from '@/server/runtime'
import { deleteView, saveView, viewNameSchema } from '@/server/timeline/saved-views'

export async function saveCallView(name: string, query: string): Promise<'saved' | 'full' | 'failed'> {
  const viewer = await getViewer()
  const parsed = viewNameSchema.safeParse(name)
  if (!viewer || !parsed.success || typeof query !== 'string') return 'failed'
  if (!(await saveView(getRuntime().database, viewer, parsed.data, query))) return 'full'
  revalidatePath('/calls')
  return 'saved'
}

/** Whether it is gone now. */
export async function deleteCallView(id: string): Promise<boolean> {
  const viewer = await getViewer()
  if (!viewer || !z.uuid().safeParse(id).success || !(await deleteView(getRuntime().database, viewer, id))) return false
  revalidatePath('/calls')
  return true
}
