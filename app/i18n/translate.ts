/** The strings of messages/en.json for server components; client components use next-intl's useTranslations. */
import { createTranslator } from 'next-intl'
import messages from '@/messages/en.json'

/** British dates (24 Nov, 14:02) go with the English text; a second language brings its own locale. */
export const LOCALE = 'en-GB'

export { messages }

export const translate = createTranslator({ locale: LOCALE, messages })
