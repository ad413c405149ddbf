/** The keyboard of the call page. */
'use client'

import { useEffect } from 'react'
import { findCommand } from '../player/keymap'
import type { RunCommand } from './use-commands'

const FIELDS = 'input, textarea, select, [contenteditable], [role="slider"], [role="menu"], [role="tab"], [role="dialog"], [data-own-keys]'
const CONTROLS = ':is(button, a, summary):focus-visible'

export function useKeys(run: RunCommand): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || !(event.target instanceof Element)) return
      const { key, ctrlKey, metaKey, altKey } = event
      const command = findCommand({
        key,
        hasModifier: ctrlKey || metaKey || altKey,
        isInField: event.target.closest(FIELDS) !== null,
        isOnControl: event.target.matches(CONTROLS),
      })
      if (!command) return
      event.preventDefault()
      run(command)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [run])
}
