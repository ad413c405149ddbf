/** What client components find around them on every page. */
'use client'

import { ThemeProvider } from 'next-themes'
import { Tooltip } from 'radix-ui'
import type { ReactNode } from 'react'
import { Toaster } from 'sonner'

const TOOLTIP_DELAY_MS = 400

export function Providers({ children }: Readonly<{ children: ReactNode }>) {
  return (
    <ThemeProvider attribute="data-theme" defaultTheme="system" enableSystem disableTransitionOnChange>
      <Tooltip.Provider delayDuration={TOOLTIP_DELAY_MS}>{children}</Tooltip.Provider>
      <Toaster
        position="bottom-center"
        toastOptions={{ unstyled: true, className: 'flex w-full items-center gap-2 rounded-md bg-ink px-3 py-2 text-body text-paper', duration: 4_000 }}
      />
    </ThemeProvider>
  )
}
