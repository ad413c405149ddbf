/** Holds the palette, and opens it by ⌘K or Ctrl K, also while somebody types. What it shows is fetched when it is first opened. */
'use client'

import { lazy, type ReactNode, Suspense, useCallback, useEffect, useMemo, useState } from 'react'
import type { Place } from '../shell/places'
import { type PageCommands, PaletteContext } from './palette-context'

const Palette = lazy(() => import('./Palette'))
export const PALETTE_KEY = 'k'

export function PaletteHost({ places, children }: Readonly<{ places: readonly Place[]; children: ReactNode }>) {
  const [isOpen, setIsOpen] = useState(false)
  // In an object: React would call a function that it is given to keep.
  const [page, setPage] = useState<{ commands: PageCommands | null }>({ commands: null })
  const close = useCallback(() => setIsOpen(false), [])
  const controls = useMemo(() => ({ open: () => setIsOpen(true), setPageCommands: (commands: PageCommands | null) => setPage({ commands }) }), [])
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== PALETTE_KEY || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return
      event.preventDefault()
      setIsOpen((before) => !before)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
  return (
    <PaletteContext value={controls}>
      {children}
      <Suspense>{isOpen && <Palette places={places} pageCommands={page.commands} onClose={close} />}</Suspense>
    </PaletteContext>
  )
}
