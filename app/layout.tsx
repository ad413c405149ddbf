/** The frame of every page: language, theme, zone, strings. */
import type { Metadata } from 'next'
import { cookies, headers } from 'next/headers'
import type { ReactNode } from 'react'
import { NONCE_HEADER } from '@/server/http/nonce'
import { findZone } from './format/find-zone'
import { CHOSEN_ZONE_COOKIE, parseChosenZone } from './format/zone'
import { ZoneProvider } from './format/ZoneProvider'
import './globals.css'
import { Messages } from './i18n/Messages'
import { LOCALE, messages, translate } from './i18n/translate'
import { Providers } from './shell/Providers'

export const metadata: Metadata = {
  title: { default: translate('app.name'), template: `%s · ${translate('app.name')}` },
  description: translate('app.description'),
}

export default async function RootLayout({ children }: Readonly<{ children: ReactNode }>) {
  const jar = await cookies()
  const chosenZone = parseChosenZone(jar.get(CHOSEN_ZONE_COOKIE)?.value)
  const zone = findZone(jar)
  return (
    // next-themes sets the theme before the first paint, which the server cannot know.
    <html lang={LOCALE} suppressHydrationWarning>
      <body>
        <Messages locale={LOCALE} messages={messages} zone={zone} now={new Date()}>
          <ZoneProvider initialZone={zone} chosenZone={chosenZone}>
            <Providers nonce={(await headers()).get(NONCE_HEADER) ?? undefined}>{children}</Providers>
          </ZoneProvider>
        </Messages>
      </body>
    </html>
  )
}
