/** The way in. */
import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getViewer } from '@/server/access/viewer'
import { translate } from '../i18n/translate'
import { DoorPage } from '../shell/DoorPage'
import { parseReturnPath } from './return-path'
import { SignInForm } from './SignInForm'

export const metadata: Metadata = { title: translate('sign-in.title') }

type SignInRouteProps = Readonly<{ searchParams: Promise<{ next?: string | string[] }> }>

export default async function SignInRoute({ searchParams }: SignInRouteProps) {
  const returnPath = parseReturnPath((await searchParams).next)
  if (await getViewer()) redirect(returnPath)
  return (
    <DoorPage title={translate('sign-in.title')}>
      <SignInForm returnPath={returnPath} />
    </DoorPage>
  )
}
