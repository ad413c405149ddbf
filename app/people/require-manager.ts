/** Whom a page about people is for. To everybody else there is no such page. */
import { notFound } from 'next/navigation'
import { mayManageUsers, maySupervise } from '@/server/access/policy'
import type { Viewer } from '@/server/access/viewer'
import { requireViewer } from '../shell/require-viewer'

/** An admin. */
export async function requireManager(path: string): Promise<Viewer> {
  const viewer = await requireViewer(path)
  return mayManageUsers(viewer) ? viewer : notFound()
}

/** An admin, or somebody who may supervise teams. */
export async function requireSupervisor(path: string): Promise<Viewer> {
  const viewer = await requireViewer(path)
  return maySupervise(viewer) ? viewer : notFound()
}
