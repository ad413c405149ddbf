/** For a dialog that is opened without a trigger of its own: gives the focus back to whoever had it before. */
'use client'

import { useState } from 'react'

export function useOpener(): () => void {
  const [opener] = useState(() => document.activeElement)
  return () => {
    if (opener instanceof HTMLElement) opener.focus()
  }
}
