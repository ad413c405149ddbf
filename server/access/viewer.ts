/** The signed-in person of the page, action or route that is being served. */
import { cookies } from 'next/headers'
import { getRuntime } from '../runtime'
import type { Viewer, ViewerSession } from './sessions'

export type { Viewer }

export const getViewer = async (): Promise<Viewer | null> => (await getViewerSession())?.viewer ?? null

/** For what concerns the sign-in itself: which of the person's sessions this is. */
export async function getViewerSession(): Promise<ViewerSession | null> {
  const jar = await cookies()
  return getRuntime().sessions.sessionOfCookies(Object.fromEntries(jar.getAll().map(({ name, value }) => [name, value])))
}
