/** The words with their times, once the page stands and its first picture is there: until then the transcript shows each utterance's text. */
'use client'

import { type Dispatch, type SetStateAction, startTransition, useEffect } from 'react'
import type { CallView } from '@/server/timeline/view'
import { unpackWords, withWords } from './packed-words'

/** Gives what packWords made; `null` when the call may not be seen any more. */
export type LoadWords = () => Promise<string | null>

export function useWords(loadWords: LoadWords, setCall: Dispatch<SetStateAction<CallView>>): void {
  useEffect(() => {
    let isGone = false
    const load = async (): Promise<void> => {
      const packed = await loadWords()
      if (packed === null || isGone) return
      const words = unpackWords(packed)
      startTransition(() => setCall((before) => withWords(before, words)))
    }
    const begin = (): void =>
      void load().catch((error: unknown) => {
        if (!isGone) console.warn('the times of the words could not be loaded; the transcript shows what was said', error)
      })
    // A document counts as loaded when its video has a picture.
    if (document.readyState === 'complete') begin()
    else window.addEventListener('load', begin, { once: true })
    return () => {
      isGone = true
      window.removeEventListener('load', begin)
    }
  }, [loadWords, setCall])
}
