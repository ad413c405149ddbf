/** Listening to a call. Whether this person may is asked by the socket, which answers the same for what there is not. */
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { callIdSchema } from '@/protocol/ids'
import { translate } from '@/app/i18n/translate'
import { ListenPage } from '@/app/live/listen/ListenPage'
import { requireSupervisor } from '@/app/live/require-supervisor'
import { markMoment } from './actions'
import { endCallInvitation, inviteToThisCall, listCallInvitations } from './invitation-actions'

type ListenRouteProps = Readonly<{ params: Promise<{ callId: string }> }>

export const metadata: Metadata = { title: translate('live.listen.title') }

export default async function ListenRoute({ params }: ListenRouteProps) {
  const { callId } = await params
  await requireSupervisor(`/live/${callId}`)
  const parsed = callIdSchema.safeParse(callId)
  if (!parsed.success) notFound()
  const id = parsed.data
  const invitations = { list: listCallInvitations.bind(null, id), make: inviteToThisCall.bind(null, id), end: endCallInvitation.bind(null, id) }
  return <ListenPage key={id} callId={id} listener={{ by: 'session', mark: markMoment.bind(null, id), invitations }} />
}
