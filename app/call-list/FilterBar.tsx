/** The filters in a row; each stands in the address, so that the list can be sent to somebody as it is. */
'use client'

import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { CALL_LOOKS, CALL_STATES, type CallFilter } from '@/protocol/call-filter'
import { chipLook } from '../ui/Chip'
import { DayFilter } from './DayFilter'
import { FilterMenu } from './FilterMenu'

const CHANGED = ['yes', 'no'] as const

type FilterBarProps = Readonly<{
  filter: CallFilter
  technicians: readonly Readonly<{ id: string; name: string }>[]
  onChange: (change: CallFilter) => void
  /** `null`: there is nothing to clear. */
  onClear: (() => void) | null
}>

export function FilterBar({ filter, technicians, onChange, onClear }: FilterBarProps) {
  const t = useTranslations('calls.filter')
  return (
    <div role="group" aria-label={t('group')} className="flex flex-wrap items-center gap-2">
      <DayFilter days={filter} onPick={onChange} />
      {technicians.length > 1 && (
        <FilterMenu name={t('technician')} value={filter.technician} options={technicians.map(({ id, name }) => ({ value: id, label: name }))} onPick={(technician) => onChange({ technician })} />
      )}
      <FilterMenu name={t('changed')} value={filter.changed} options={CHANGED.map((value) => ({ value, label: t(`changed-${value}`) }))} onPick={(changed) => onChange({ changed })} />
      <FilterMenu name={t('state')} value={filter.state} options={CALL_STATES.map((value) => ({ value, label: t(`state-${value}`) }))} onPick={(state) => onChange({ state })} />
      <FilterMenu name={t('look')} value={filter.look} options={CALL_LOOKS.map((value) => ({ value, label: t(`look-${value}`) }))} onPick={(look) => onChange({ look })} />
      {onClear && (
        <button type="button" onClick={onClear} className={`${chipLook('plain')} border-dashed hover:bg-sunken`}>
          <X aria-hidden="true" />
          {t('clear')}
        </button>
      )}
    </div>
  )
}
