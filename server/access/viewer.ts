/** The signed-in person of the page, action or route that is being served. */
import { cookies, headers } from 'next/headers'
import { CALLER_ADDRESS_HEADER } from '../http/caller'
import { getRuntime } from '../runtime'
import type { Viewer } from './sessions'

export type { Viewer }

export async function getViewer(): Promise<Viewer | null> {
  const jar = await cookies()
  return getRuntime().sessions.viewerOfCookies(Object.fromEntries(jar.getAll().map(({ name, value }) => [name, value])))
}

/** The network address that the request came from, for the audit trail. */
export const getCallerAddress = async (): Promise<string | null> => (await headers()).get(CALLER_ADDRESS_HEADER)
