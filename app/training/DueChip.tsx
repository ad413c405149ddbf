/** Until when a list is to be gone through; it asks for attention only when that day has passed. */
'use client'

import { CalendarClock } from 'lucide-react'
import { useLocale, useNow, useTranslations } from 'next-intl'
import { formatDay } from '../format/dates'
import { Chip } from '../ui/Chip'

const DAY_MS = 86_400_000

export function DueChip({ dueOn, isDone }: Readonly<{ dueOn: string | null; isDone: boolean }>) {
  const t = useTranslations('training')
  const locale = useLocale()
  const nowMs = useNow().getTime()
  if (dueOn === null) return null
  const dayMs = Date.parse(dueOn)
  // A day is the same everywhere: it is shown as it was chosen, and over when it is over in the last of all zones.
  const isLate = !isDone && nowMs > dayMs + 1.5 * DAY_MS
  const day = formatDay({ wallMs: dayMs, zone: 'UTC', locale }, nowMs)
  return (
    <Chip tone={isLate ? 'warn' : 'plain'} icon={<CalendarClock aria-hidden="true" />}>
      {t(isLate ? 'overdue' : 'due', { day })}
    </Chip>
  )
}
