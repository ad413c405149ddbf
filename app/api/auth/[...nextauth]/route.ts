/** next-auth's own addresses: sign-in, sign-out, session. */
import NextAuth from 'next-auth'
import type { NextRequest } from 'next/server'
import { makeAuthOptions } from '@/server/access/sign-in'
import { CALLER_ADDRESS_HEADER } from '@/server/http/caller'
import { getRuntime } from '@/server/runtime'

type Context = { params: Promise<{ nextauth: string[] }> }

async function handle(request: NextRequest, context: Context): Promise<Response> {
  const address = request.headers.get(CALLER_ADDRESS_HEADER) ?? 'unknown'
  // next-auth types its handler as returning nothing in particular; given a web request it answers with a web response.
  return (await NextAuth(request, context, makeAuthOptions(getRuntime(), { address, userAgent: request.headers.get('user-agent') }))) as Response
}

export { handle as GET, handle as POST }
