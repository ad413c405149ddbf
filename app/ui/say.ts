/** A passing message at the foot of the page. What shows it is fetched with the first one. */

let isPlaceNeeded = false
const listeners = new Set<() => void>()

export function say(text: string): void {
  import('sonner').then(
    ({ toast }) => {
      toast(text)
      isPlaceNeeded = true
      for (const listener of listeners) listener()
    },
    (error: unknown) => console.warn(`this message could not be shown: ${text}`, error),
  )
}

/** Whether anything was ever said, shaped for useSyncExternalStore. */
export const placeStore = {
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  },
  isNeeded: (): boolean => isPlaceNeeded,
}
