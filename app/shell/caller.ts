/** Where the request that is being served came from, for the audit trail. */
import { headers } from 'next/headers'
import { CALLER_ADDRESS_HEADER } from '@/server/http/caller'

export const findCaller = async (): Promise<string | null> => (await headers()).get(CALLER_ADDRESS_HEADER)
