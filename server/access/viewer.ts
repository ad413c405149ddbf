/** The signed-in person of the page, action or route that is being served. */
import { cookies } from 'next/headers'
import { getRuntime } from '../runtime'
import type { Viewer } from './sessions'

export type { Viewer }

export async function getViewer(): Promise<Viewer | null> {
  const jar = await cookies()
  return getRuntime().sessions.viewerOfCookies(Object.fromEntries(jar.getAll().map(({ name, value }) => [name, value])))
}
