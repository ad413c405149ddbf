/** Makes a link for somebody who is to have an account. */
import type { Metadata } from 'next'
import { listTeams } from '@/server/access/teams'
import { getRuntime } from '@/server/runtime'
import { translate } from '@/app/i18n/translate'
import { InviteForm } from '@/app/people/InviteForm'
import { requireManager } from '@/app/people/require-manager'
import { TopBar } from '@/app/shell/TopBar'
import { BackLink } from '@/app/ui/BackLink'
import { invite } from '../actions'

export const metadata: Metadata = { title: translate('people.invite') }

export default async function InviteRoute() {
  const viewer = await requireManager('/people/invite')
  const teams = await listTeams(getRuntime().database, viewer)
  return (
    <>
      <TopBar back={<BackLink href="/people" label={translate('people.back')} />} title={translate('people.invite')} />
      <div className="w-full max-w-lg p-4 md:p-8">
        <InviteForm teams={teams.map(({ id, name }) => ({ id, name }))} onInvite={invite} />
      </div>
    </>
  )
}
