/**
 * Whether a page of a call may go on: still signed in, call still there. A route and not a server action, because actions
 * of whoever is signed out are sent to the sign-in page, and wait for each other. What it tells is not audited: it shows
 * nothing of the call.
 */
import { callIdSchema } from '@/protocol/ids'
import { maySeeCall } from '@/server/access/policy'
import { getViewer } from '@/server/access/viewer'
import { getRuntime } from '@/server/runtime'
import type { StandingReply } from '@/app/call/standing'

export async function GET(_request: Request, { params }: { params: Promise<{ callId: string }> }): Promise<Response> {
  return Response.json({ standing: await findStanding((await params).callId) } satisfies StandingReply, { headers: { 'Cache-Control': 'no-store' } })
}

async function findStanding(callId: string): Promise<StandingReply['standing']> {
  const viewer = await getViewer()
  if (!viewer) return 'signed-out'
  const id = callIdSchema.safeParse(callId)
  return id.success && (await maySeeCall(getRuntime().database, viewer, id.data)) ? 'fine' : 'gone'
}
