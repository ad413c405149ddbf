/** Whom the live pages are for. To everybody else there are no such pages. */
import { notFound } from 'next/navigation'
import { maySupervise } from '@/server/access/policy'
import type { Viewer } from '@/server/access/viewer'
import { requireViewer } from '../shell/require-viewer'

export async function requireSupervisor(path: string): Promise<Viewer> {
  const viewer = await requireViewer(path)
  return maySupervise(viewer) ? viewer : notFound()
}
