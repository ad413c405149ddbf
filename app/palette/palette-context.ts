/** The one palette of the signed-in pages: opened from anywhere, and told by a page what can be done on it. */
'use client'

import { createContext, type ReactNode, useContext, useEffect } from 'react'

/** Groups of what can be done here; `choose` closes the palette first. */
export type PageCommands = (choose: (act: () => void) => () => void) => ReactNode
export type PaletteControls = Readonly<{ open: () => void; setPageCommands: (commands: PageCommands | null) => void }>

export const PaletteContext = createContext<PaletteControls | null>(null)

export function usePalette(): PaletteControls {
  const value = useContext(PaletteContext)
  if (!value) throw new Error('usePalette was called outside of PaletteContext; the shell provides it')
  return value
}

/** While the page is there its commands stand first. `commands` is the same function as long as they are the same. */
export function usePageCommands(commands: PageCommands): void {
  const { setPageCommands } = usePalette()
  useEffect(() => {
    setPageCommands(commands)
    return () => setPageCommands(null)
  }, [commands, setPageCommands])
}
