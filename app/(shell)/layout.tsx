/** Signed-in pages stand in the shell; each asks for its viewer itself, because layouts are not made anew on every visit. */
import type { ReactNode } from 'react'
import { auditScopeOf } from '@/server/access/audit-trail'
import { maySupervise } from '@/server/access/policy'
import { getRuntime } from '@/server/runtime'
import type { Place } from '../shell/places'
import { requireViewer } from '../shell/require-viewer'
import { Shell } from '../shell/Shell'

export default async function ShellLayout({ children }: Readonly<{ children: ReactNode }>) {
  const viewer = await requireViewer('/calls')
  const mayAudit = (await auditScopeOf(getRuntime().database, viewer)) !== null
  const places: Place[] = [...(maySupervise(viewer) ? ['live' as const] : []), 'calls', 'training', 'devices', ...(maySupervise(viewer) ? ['people' as const] : []), ...(mayAudit ? ['audit' as const] : [])]
  return (
    <Shell account={{ name: viewer.name, role: viewer.role }} places={places}>
      {children}
    </Shell>
  )
}
