/** The guide of the first visit; the account's menu leads back to it. */
import type { Metadata } from 'next'
import { translate } from '@/app/i18n/translate'
import { requireViewer } from '@/app/shell/require-viewer'
import { TopBar } from '@/app/shell/TopBar'
import { Guide } from '@/app/welcome/Guide'

export const metadata: Metadata = { title: translate('welcome.title') }

export default async function WelcomeRoute() {
  const viewer = await requireViewer('/welcome')
  return (
    <>
      <TopBar title={translate('welcome.title')} />
      <Guide viewer={viewer} />
    </>
  )
}
