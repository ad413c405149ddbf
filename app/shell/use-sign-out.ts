/** The way out, and what to say when it is blocked. */
'use client'

import { useTranslations } from 'next-intl'
import { signOut } from '../sign-in/session'
import { say } from '../ui/say'

export function useSignOut(): () => Promise<void> {
  const t = useTranslations('shell')
  return async () => {
    try {
      await signOut()
      location.assign('/sign-in')
    } catch {
      // The server did not answer: the person is still signed in and must know it.
      say(t('not-signed-out'))
    }
  }
}
