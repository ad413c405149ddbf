/** Where an invitation's link leads: name and password, then one is in. */
import type { Metadata } from 'next'
import Link from 'next/link'
import { findInvite } from '@/server/access/invites'
import { getRuntime } from '@/server/runtime'
import { translate } from '@/app/i18n/translate'
import { DoorPage } from '@/app/shell/DoorPage'
import { buttonLook } from '@/app/ui/Button'
import { AcceptForm } from '../AcceptForm'

export const metadata: Metadata = { title: translate('invite.title'), referrer: 'no-referrer' }

type InviteRouteProps = Readonly<{ params: Promise<{ token: string }> }>

export default async function InviteRoute({ params }: InviteRouteProps) {
  const { token } = await params
  const invite = await findInvite(getRuntime().database, token)
  if (!invite)
    return (
      <DoorPage title={translate('setup.dead')} intro={translate('invite.dead-text')}>
        <Link href="/sign-in" className={buttonLook('primary')}>
          {translate('setup.to-sign-in')}
        </Link>
      </DoorPage>
    )
  return (
    <DoorPage title={translate('invite.title')} intro={translate('invite.text', { role: translate(`shell.role.${invite.role}`) })}>
      <AcceptForm token={token} email={invite.email} />
    </DoorPage>
  )
}
