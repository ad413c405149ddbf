/** The training list of an address, if there is one that the viewer may see; asked once a request. */
import { cache } from 'react'
import { getViewer } from '@/server/access/viewer'
import { getRuntime } from '@/server/runtime'
import { findList } from '@/server/training/find-lists'
import { listIdSchema } from '@/server/training/lists'
import type { ListView } from '@/server/training/view'

export const findListView = cache(async (id: string): Promise<ListView | null> => {
  const [viewer, listId] = [await getViewer(), listIdSchema.safeParse(id)]
  return viewer && listId.success ? findList(getRuntime().database, viewer, listId.data) : null
})
