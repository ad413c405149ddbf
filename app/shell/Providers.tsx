/** What client components find around them on every page. */
'use client'

import { ThemeProvider } from 'next-themes'
import type { ReactNode } from 'react'
import { PassingMessages } from '../ui/PassingMessages'

export function Providers({ children }: Readonly<{ children: ReactNode }>) {
  return (
    <ThemeProvider attribute="data-theme" defaultTheme="system" enableSystem disableTransitionOnChange>
      {children}
      <PassingMessages />
    </ThemeProvider>
  )
}
