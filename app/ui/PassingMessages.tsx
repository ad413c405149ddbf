/** Where passing messages appear, once there is one. */
'use client'

import { lazy, Suspense, useSyncExternalStore } from 'react'
import { placeStore } from './say'

const Toaster = lazy(async () => ({ default: (await import('sonner')).Toaster }))

export function PassingMessages() {
  const isNeeded = useSyncExternalStore(placeStore.subscribe, placeStore.isNeeded, () => false)
  if (!isNeeded) return null
  return (
    <Suspense>
      <Toaster position="bottom-center" toastOptions={{ unstyled: true, duration: 4_000, className: 'flex w-full items-center gap-2 rounded-md bg-ink px-3 py-2 text-body text-paper' }} />
    </Suspense>
  )
}
