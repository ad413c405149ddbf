/** Who may sign in, as what, in which teams; and who is invited. A supervisor is led to his teams. */
import { UserPlus } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { redirect } from 'next/navigation'
import { listInvites } from '@/server/access/invites'
import { mayManageUsers } from '@/server/access/policy'
import { listUsers } from '@/server/access/users'
import { getRuntime } from '@/server/runtime'
import { translate } from '@/app/i18n/translate'
import { InviteTable } from '@/app/people/InviteTable'
import { PeopleTabs } from '@/app/people/PeopleTabs'
import { PeopleTable } from '@/app/people/PeopleTable'
import { requireSupervisor } from '@/app/people/require-manager'
import { TopBar } from '@/app/shell/TopBar'
import { buttonLook } from '@/app/ui/Button'
import { withdraw } from './actions'

export const metadata: Metadata = { title: translate('people.title') }

export default async function PeopleRoute() {
  const viewer = await requireSupervisor('/people')
  if (!mayManageUsers(viewer)) redirect('/people/teams')
  const { database } = getRuntime()
  const [people, invites] = await Promise.all([listUsers(database), listInvites(database)])
  return (
    <>
      <TopBar title={translate('people.title')} detail={translate('people.count', { count: people.filter(({ isDisabled }) => !isDisabled).length })}>
        <Link href="/people/invite" className={buttonLook('primary')}>
          <UserPlus size={16} aria-hidden="true" />
          {translate('people.invite')}
        </Link>
      </TopBar>
      <PeopleTabs current="people" />
      <InviteTable
        invites={invites.map(({ expiresAt, team, ...open }) => ({ ...open, team: team?.name ?? null, expiresAt: expiresAt.toISOString() }))}
        onWithdraw={withdraw}
      />
      <PeopleTable people={people} />
    </>
  )
}
