/** The cookies of the request that is being served, by name. */
import { cookies } from 'next/headers'
import type { Cookies } from '@/server/access/cookies'

export const readCookies = async (): Promise<Cookies> => Object.fromEntries((await cookies()).getAll().map(({ name, value }) => [name, value]))
