/** Tiles or rows: kept in the browser. */
'use client'

import { useCallback, useSyncExternalStore } from 'react'
import type { BoardLook } from './CallGrid'

const KEY = 'callwitness.board'
const CHANGED = 'callwitness:board'

function subscribe(listener: () => void): () => void {
  window.addEventListener(CHANGED, listener)
  return () => window.removeEventListener(CHANGED, listener)
}

const read = (): BoardLook => (localStorage.getItem(KEY) === 'rows' ? 'rows' : 'tiles')

export function useBoardLook(): { look: BoardLook; toggle: () => void } {
  const look = useSyncExternalStore<BoardLook>(subscribe, read, () => 'tiles')
  const toggle = useCallback(() => {
    localStorage.setItem(KEY, read() === 'rows' ? 'tiles' : 'rows')
    window.dispatchEvent(new Event(CHANGED))
  }, [])
  return { look, toggle }
}
