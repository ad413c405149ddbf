/** Where the link that the server prints at its first start leads. */
import type { Metadata } from 'next'
import Link from 'next/link'
import { isSetupTokenAlive } from '@/server/access/first-admin'
import { getRuntime } from '@/server/runtime'
import { translate } from '../i18n/translate'
import { DoorPage } from '../shell/DoorPage'
import { buttonLook } from '../ui/Button'
import { SetupForm } from './SetupForm'

export const metadata: Metadata = { title: translate('setup.title'), referrer: 'no-referrer' }

type SetupRouteProps = Readonly<{ searchParams: Promise<{ token?: string | string[] }> }>

export default async function SetupRoute({ searchParams }: SetupRouteProps) {
  const { token } = await searchParams
  const isAlive = typeof token === 'string' && (await isSetupTokenAlive(getRuntime().database, token))
  if (!isAlive)
    return (
      <DoorPage title={translate('setup.dead')} intro={translate('setup.dead-text')}>
        <Link href="/sign-in" className={buttonLook('primary')}>
          {translate('setup.to-sign-in')}
        </Link>
      </DoorPage>
    )
  return (
    <DoorPage title={translate('setup.title')} intro={translate('setup.text')}>
      <SetupForm token={token} />
    </DoorPage>
  )
}
