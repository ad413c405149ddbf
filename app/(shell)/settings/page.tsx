/** What a person sets for himself: name, password, where he is signed in, how this browser shows things. */
import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { listSessions } from '@/server/access/session-rows'
import { getViewerSession } from '@/server/access/viewer'
import { getRuntime } from '@/server/runtime'
import { CHOSEN_ZONE_COOKIE, parseChosenZone } from '@/app/format/zone'
import { translate } from '@/app/i18n/translate'
import { nameBrowser } from '@/app/settings/browser-name'
import { NameForm } from '@/app/settings/NameForm'
import { PasswordForm } from '@/app/settings/PasswordForm'
import { SessionList } from '@/app/settings/SessionList'
import { ThemeChoice } from '@/app/settings/ThemeChoice'
import { ZoneChoice } from '@/app/settings/ZoneChoice'
import { TopBar } from '@/app/shell/TopBar'
import { Section } from '@/app/ui/Section'
import { endEverySession, endOneSession, endOtherSessions, saveName, savePassword } from './actions'

export const metadata: Metadata = { title: translate('settings.title') }

export default async function SettingsRoute() {
  const self = (await getViewerSession()) ?? redirect('/sign-in?next=%2Fsettings')
  const sessions = await listSessions(getRuntime().database, self.viewer.id)
  const chosenZone = parseChosenZone((await cookies()).get(CHOSEN_ZONE_COOKIE)?.value)
  return (
    <>
      <TopBar title={translate('settings.title')} detail={self.viewer.email} />
      <Section title={translate('settings.profile')} text={translate('settings.profile-text')}>
        <NameForm name={self.viewer.name} onSave={saveName} />
      </Section>
      <Section title={translate('settings.password')} text={translate('settings.password-text')}>
        <PasswordForm email={self.viewer.email} onSave={savePassword} />
      </Section>
      <Section title={translate('settings.sessions')} text={translate('settings.sessions-text')}>
        <SessionList
          sessions={sessions.map(({ id, createdAt, lastSeenAt, address, userAgent }) => ({
            ...{ id, address, browser: nameBrowser(userAgent), isThis: id === self.sessionId },
            ...{ createdAt: createdAt.toISOString(), lastSeenAt: lastSeenAt.toISOString() },
          }))}
          onEnd={endOneSession}
          onEndOthers={endOtherSessions}
          onEndAll={endEverySession}
        />
      </Section>
      <Section title={translate('settings.browser')} text={translate('settings.browser-text')}>
        <ThemeChoice />
        <ZoneChoice zones={Intl.supportedValuesOf('timeZone')} chosen={chosenZone} />
      </Section>
    </>
  )
}
