/** The time zone of every date in this browser: the computer's own, or one that was chosen. */
'use client'

import { useTranslations } from 'next-intl'
import { useRouter } from 'next/navigation'
import { useTransition } from 'react'
import { chooseZone } from '../format/ZoneProvider'
import { Select } from '../ui/Select'

type ZoneChoiceProps = Readonly<{ zones: readonly string[]; chosen: string | null }>

export function ZoneChoice({ zones, chosen }: ZoneChoiceProps) {
  const t = useTranslations('settings')
  const router = useRouter()
  const [isWaiting, start] = useTransition()
  const choose = (zone: string): void => {
    chooseZone(zone === '' ? null : zone)
    start(() => router.refresh())
  }
  return (
    <Select label={t('zone')} hint={t('zone-hint')} value={chosen ?? ''} disabled={isWaiting} onChange={(event) => choose(event.currentTarget.value)} className="max-w-sm">
      <option value="">{t('zone-of-computer')}</option>
      {zones.map((zone) => (
        <option key={zone} value={zone}>
          {zone.replaceAll('_', ' ')}
        </option>
      ))}
    </Select>
  )
}
