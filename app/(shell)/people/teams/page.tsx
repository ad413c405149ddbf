/** The teams: who is in them, who supervises, what their rule is, and which phrases raise their calls. Supervisors see their own. */
import type { Metadata } from 'next'
import { mayManageUsers } from '@/server/access/policy'
import { listTeams } from '@/server/access/teams'
import { getRuntime } from '@/server/runtime'
import { translate } from '@/app/i18n/translate'
import { PeopleTabs } from '@/app/people/PeopleTabs'
import { ListenersRuleForm } from '@/app/people/ListenersRuleForm'
import { PhrasesForm } from '@/app/people/PhrasesForm'
import { requireSupervisor } from '@/app/people/require-manager'
import { TeamForm } from '@/app/people/TeamForm'
import { TeamMembers } from '@/app/people/TeamMembers'
import { TopBar } from '@/app/shell/TopBar'
import { Section } from '@/app/ui/Section'
import { removeTeam, saveListenersRule, savePhrases, saveTeam } from '../actions'

export const metadata: Metadata = { title: translate('teams.title') }

export default async function TeamsRoute() {
  const viewer = await requireSupervisor('/people/teams')
  const isManager = mayManageUsers(viewer)
  const teams = await listTeams(getRuntime().database, viewer)
  return (
    <>
      <TopBar title={translate(isManager ? 'people.title' : 'teams.title')} detail={translate('teams.count', { count: teams.length })} />
      {isManager && <PeopleTabs current="teams" />}
      {teams.map((team) => (
        <Section key={team.id} title={team.name}>
          <TeamMembers members={team.members} isLinked={isManager} />
          {isManager && <TeamForm team={team} onSave={saveTeam.bind(null, team.id)} onRemove={removeTeam.bind(null, team.id)} />}
          {isManager && (
            <ListenersRuleForm teamName={team.name} rule={team.listenersShown} setBy={team.listenersShownSetBy} setAt={team.listenersShownSetAt} onSave={saveListenersRule.bind(null, team.id)} />
          )}
          <PhrasesForm teamName={team.name} phrases={team.livePhrases} onSave={savePhrases.bind(null, team.id)} />
        </Section>
      ))}
      {isManager ? (
        <Section title={translate('teams.new')} text={translate('teams.text')}>
          <TeamForm onSave={saveTeam.bind(null, null)} />
        </Section>
      ) : (
        teams.length === 0 && <p className="px-4 py-6 text-ink-3">{translate('teams.none-of-yours')}</p>
      )}
    </>
  )
}
