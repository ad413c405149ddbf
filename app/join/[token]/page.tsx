/** Where a guest's link leads: who invites him, to what and as what, and that he will be seen. */
import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { findByToken, findConfirmed } from '@/server/live/guests'
import { getRuntime } from '@/server/runtime'
import { Instant } from '@/app/format/Instant'
import { translate } from '@/app/i18n/translate'
import { DoorPage } from '@/app/shell/DoorPage'
import { ConfirmForm } from '../ConfirmForm'
import { InvitationEnded } from '../InvitationEnded'
import { readCookies } from '../read-cookies'

export const metadata: Metadata = { title: translate('join.title'), referrer: 'no-referrer', robots: { index: false } }

type JoinRouteProps = Readonly<{ params: Promise<{ token: string }> }>

export default async function JoinRoute({ params }: JoinRouteProps) {
  const { token } = await params
  const { database } = getRuntime()
  const confirmed = await findConfirmed(database, token, await readCookies())
  if (confirmed) redirect(`/join/call/${confirmed}`)
  const standing = await findByToken(database, token)
  if (standing.state !== 'counts') return <InvitationEnded state={standing.state} />
  const { guest, technician } = standing
  const by = guest.invited.by.name
  const facts = [
    { term: translate('join.name'), value: <bdi>{guest.person.name}</bdi> },
    { term: translate('join.as'), value: translate(`join.role.${guest.invited.as}`) },
    { term: translate('join.call-of'), value: <bdi>{technician}</bdi> },
    {
      term: translate('join.until'),
      value: (
        <>
          <Instant at={guest.expiresAt} show="time" /> {translate('join.until-end')}
        </>
      ),
    },
  ]
  return (
    <DoorPage title={translate('join.title')} intro={translate('join.text', { by })}>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5 border-y border-line py-3">
        {facts.map(({ term, value }) => (
          <div key={term} className="contents">
            <dt className="text-ink-2">{term}</dt>
            <dd className="font-medium break-words">{value}</dd>
          </div>
        ))}
      </dl>
      <p>{translate('join.given')}</p>
      <p className="rounded-md bg-warn-tint px-3 py-2 text-warn">{translate('join.recorded', { technician })}</p>
      <ConfirmForm token={token} name={guest.person.name} />
      <p className="text-meta text-ink-2">
        {translate('join.once')} {translate('join.not-you', { by })}
      </p>
    </DoorPage>
  )
}
