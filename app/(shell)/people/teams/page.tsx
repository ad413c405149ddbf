/** The teams: who is in them, who supervises, what their rule is. */
import type { Metadata } from 'next'
import { listTeams } from '@/server/access/teams'
import { getRuntime } from '@/server/runtime'
import { translate } from '@/app/i18n/translate'
import { PeopleTabs } from '@/app/people/PeopleTabs'
import { requireManager } from '@/app/people/require-manager'
import { TeamForm } from '@/app/people/TeamForm'
import { TeamMembers } from '@/app/people/TeamMembers'
import { TopBar } from '@/app/shell/TopBar'
import { Section } from '@/app/ui/Section'
import { removeTeam, saveTeam } from '../actions'

export const metadata: Metadata = { title: translate('teams.title') }

export default async function TeamsRoute() {
  await requireManager('/people/teams')
  const teams = await listTeams(getRuntime().database)
  return (
    <>
      <TopBar title={translate('people.title')} detail={translate('teams.count', { count: teams.length })} />
      <PeopleTabs current="teams" />
      {teams.map((team) => (
        <Section key={team.id} title={team.name}>
          <TeamMembers members={team.members} />
          <TeamForm team={team} onSave={saveTeam.bind(null, team.id)} onRemove={removeTeam.bind(null, team.id)} />
        </Section>
      ))}
      <Section title={translate('teams.new')} text={translate('teams.text')}>
        <TeamForm onSave={saveTeam.bind(null, null)} />
      </Section>
    </>
  )
}
