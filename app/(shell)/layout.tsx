/** Signed-in pages stand in the shell; each asks for its viewer itself, because layouts are not made anew on every visit. */
import type { ReactNode } from 'react'
import { requireViewer } from '../shell/require-viewer'
import { Shell } from '../shell/Shell'

export default async function ShellLayout({ children }: Readonly<{ children: ReactNode }>) {
  const { name, role } = await requireViewer('/calls')
  return <Shell account={{ name, role }}>{children}</Shell>
}
