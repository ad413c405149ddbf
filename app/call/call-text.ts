/** The strings of the call page, as functions outside of components take them. */
import type { useTranslations } from 'next-intl'

export type CallText = ReturnType<typeof useTranslations<'call'>>
