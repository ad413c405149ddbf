/** Which days: some that are always meant from today on, or from one date to another. */
'use client'

import { Calendar, ChevronDown } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Popover } from 'radix-ui'
import { type FormEvent, useState } from 'react'
import { CALL_PERIODS, type CallFilter } from '@/protocol/call-filter'
import { Button } from '../ui/Button'
import { Field } from '../ui/Field'
import { SURFACE } from '../ui/menu'
import { FILTER_CHIP } from './FilterMenu'

type Days = Pick<CallFilter, 'when' | 'from' | 'to'>
type DayFilterProps = Readonly<{ days: Days; onPick: (days: Days) => void }>

export function DayFilter({ days, onPick }: DayFilterProps) {
  const t = useTranslations('calls.filter')
  const [isOpen, setIsOpen] = useState(false)
  const pick = (picked: Days): void => {
    setIsOpen(false)
    onPick({ when: picked.when, from: picked.from, to: picked.to })
  }
  const pickDates = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const [from, to] = [form.get('from'), form.get('to')].map((value) => (typeof value === 'string' && value !== '' ? value : undefined))
    pick({ from, to })
  }
  return (
    <Popover.Root open={isOpen} onOpenChange={setIsOpen}>
      <Popover.Trigger className={FILTER_CHIP} data-set={isSet(days)}>
        <Calendar aria-hidden="true" />
        {t('chip', { name: t('when'), value: describeDays(days, t) })}
        <ChevronDown aria-hidden="true" />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content align="start" sideOffset={6} collisionPadding={8} aria-label={t('when')} className={`${SURFACE} grid w-64 gap-3 p-3`}>
          <div className="grid grid-cols-2 gap-2">
            {CALL_PERIODS.map((when) => (
              <Button key={when} kind={days.when === when ? 'primary' : 'plain'} aria-pressed={days.when === when} onClick={() => pick({ when })}>
                {t(`period.${when}`)}
              </Button>
            ))}
          </div>
          <form className="grid gap-2" onSubmit={pickDates}>
            <Field label={t('from')} type="date" name="from" defaultValue={days.from} />
            <Field label={t('to')} type="date" name="to" defaultValue={days.to} />
            <Button type="submit">{t('apply')}</Button>
          </form>
          {isSet(days) && (
            <Button kind="quiet" onClick={() => pick({})}>
              {t('any')}
            </Button>
          )}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

const isSet = ({ when, from, to }: Days): boolean => (when ?? from ?? to) !== undefined

function describeDays({ when, from, to }: Days, t: ReturnType<typeof useTranslations<'calls.filter'>>): string {
  if (when) return t(`period.${when}`)
  if (from && to) return t('between', { from, to })
  if (from) return t('since', { from })
  return to ? t('until', { to }) : t('any')
}
