/** What client components find around them on every page. */
'use client'

import { ThemeProvider } from 'next-themes'
import type { ReactNode } from 'react'
import { PassingMessages } from '../ui/PassingMessages'

type ProvidersProps = Readonly<{
  /** Of the script that sets the theme before the first paint. */
  nonce: string | undefined
  children: ReactNode
}>

export function Providers({ nonce, children }: ProvidersProps) {
  return (
    <ThemeProvider attribute="data-theme" defaultTheme="system" enableSystem disableTransitionOnChange nonce={nonce}>
      {children}
      <PassingMessages />
    </ThemeProvider>
  )
}
