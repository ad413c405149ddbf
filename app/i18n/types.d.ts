/** Makes a key that messages/en.json does not have a type error. */
import type messages from '@/messages/en.json'

declare module 'next-intl' {
  interface AppConfig {
    Messages: typeof messages
  }
}
