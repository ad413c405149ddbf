/**
 * Sends whoever is not signed in from a page to the sign-in page, and back afterwards. What he may see is decided by the
 * pages themselves. Media, sockets and the agents' addresses never come here: the server answers them before Next.
 */
import { getToken } from 'next-auth/jwt'
import { NextResponse, type NextRequest } from 'next/server'

export async function proxy(request: NextRequest): Promise<NextResponse> {
  if (await getToken({ req: request })) return NextResponse.next()
  const { pathname, search } = request.nextUrl
  const target = request.nextUrl.clone()
  target.pathname = '/sign-in'
  target.search = pathname === '/' ? '' : `?next=${encodeURIComponent(pathname + search)}`
  return NextResponse.redirect(target)
}

export const config = { matcher: ['/((?!api/|_next/|media/|sign-in|setup|invite/|join/|favicon|icon|.*\\.(?:svg|png|ico|webmanifest)$).*)'] }
