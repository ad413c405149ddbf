/** Listening to the one call of an invitation, for the browser that has confirmed it. */
import type { Metadata } from 'next'
import { z } from 'zod'
import { findGuest, type InvitationStanding } from '@/server/live/guests'
import { getRuntime } from '@/server/runtime'
import { translate } from '@/app/i18n/translate'
import { ListenPage } from '@/app/live/listen/ListenPage'
import { InvitationEnded } from '../../InvitationEnded'
import { readCookies } from '../../read-cookies'

export const metadata: Metadata = { title: translate('live.listen.title'), referrer: 'no-referrer', robots: { index: false } }

type GuestRouteProps = Readonly<{ params: Promise<{ invitationId: string }> }>

export default async function GuestRoute({ params }: GuestRouteProps) {
  const standing = await findStanding((await params).invitationId)
  if (standing.state !== 'counts') return <InvitationEnded state={standing.state} />
  const { person, callId, invited, expiresAt } = standing.guest
  return (
    <main className="flex min-h-dvh min-w-0 flex-col">
      <ListenPage callId={callId} listener={{ by: 'invitation', id: person.id, name: person.name, as: invited.as, expiresAt }} />
    </main>
  )
}

async function findStanding(invitationId: string): Promise<InvitationStanding> {
  const id = z.uuid().safeParse(invitationId)
  return id.success ? findGuest(getRuntime().database, id.data, await readCookies()) : { state: 'unknown' }
}
