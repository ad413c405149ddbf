/** Hands the strings to client components; no configuration file of next-intl is needed, because there is one language a build. */
'use client'

import { type Messages as MessageTree, NextIntlClientProvider } from 'next-intl'
import type { ReactNode } from 'react'

type MessagesProps = Readonly<{ locale: string; messages: MessageTree; zone: string; now: Date; children: ReactNode }>

export function Messages({ locale, messages, zone, now, children }: MessagesProps) {
  return (
    <NextIntlClientProvider locale={locale} messages={messages} timeZone={zone} now={now}>
      {children}
    </NextIntlClientProvider>
  )
}
