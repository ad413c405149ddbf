/** The signed-in person of a page, or the way to sign in and back. */
import { redirect } from 'next/navigation'
import { getViewer, type Viewer } from '@/server/access/viewer'

export async function requireViewer(path: string): Promise<Viewer> {
  const viewer = await getViewer()
  return viewer ?? redirect(`/sign-in?next=${encodeURIComponent(path)}`)
}
