/** One person: role and teams, what he is given, his sessions, whether he may sign in. */
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { userIdSchema } from '@/protocol/ids'
import { listGrants } from '@/server/access/call-grants'
import { listSessions } from '@/server/access/session-rows'
import { listTeams } from '@/server/access/teams'
import { findUser } from '@/server/access/users'
import { getRuntime } from '@/server/runtime'
import { translate } from '@/app/i18n/translate'
import { AccessSection } from '@/app/people/AccessSection'
import { GivenCalls } from '@/app/people/GivenCalls'
import { MembershipForm } from '@/app/people/MembershipForm'
import { requireManager } from '@/app/people/require-manager'
import { TopBar } from '@/app/shell/TopBar'
import { BackLink } from '@/app/ui/BackLink'
import { Section } from '@/app/ui/Section'
import { changeMembership, endSessionsOfPerson, give, setEnabled, takeBack } from '../actions'

export const metadata: Metadata = { title: translate('people.person') }

type PersonRouteProps = Readonly<{ params: Promise<{ userId: string }> }>

export default async function PersonRoute({ params }: PersonRouteProps) {
  const { userId } = await params
  const viewer = await requireManager(`/people/${userId}`)
  const id = userIdSchema.safeParse(userId)
  const { database } = getRuntime()
  const person = (id.success && (await findUser(database, id.data))) || notFound()
  const [teams, grants, sessions] = await Promise.all([listTeams(database, viewer), listGrants(database, person.id), listSessions(database, person.id)])
  return (
    <>
      <TopBar back={<BackLink href="/people" label={translate('people.back')} />} title={person.name} detail={person.email} />
      <Section title={translate('people.membership')} text={translate('people.role-hint')}>
        <MembershipForm person={person} teams={teams.map((team) => ({ id: team.id, name: team.name }))} onSave={changeMembership} />
      </Section>
      {person.role === 'reviewer' && (
        <Section title={translate('people.given')} text={translate('people.given-text')}>
          <GivenCalls grants={grants} onGive={give.bind(null, person.id)} onTakeBack={takeBack.bind(null, person.id)} />
        </Section>
      )}
      <Section title={translate('people.access')} text={translate('people.access-text')}>
        <AccessSection person={person} sessionCount={sessions.length} onEndSessions={endSessionsOfPerson.bind(null, person.id)} onSetEnabled={setEnabled.bind(null, person.id)} />
      </Section>
    </>
  )
}
