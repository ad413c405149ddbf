/** The calls that run now. */
import type { Metadata } from 'next'
import { translate } from '@/app/i18n/translate'
import { Wallboard } from '@/app/live/Wallboard'
import { requireSupervisor } from '@/app/live/require-supervisor'

export const metadata: Metadata = { title: translate('live.title') }

export default async function LiveRoute() {
  await requireSupervisor('/live')
  return <Wallboard />
}
