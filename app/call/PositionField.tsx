/** A position in the call, typed or moved by seconds. */
'use client'

import { Minus, Plus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useId } from 'react'
import { formatPositionTenths } from '../format/duration'
import { Button } from '../ui/Button'
import { parsePosition } from './clip-range'

const STEP_MS = 1_000

type PositionFieldProps = Readonly<{ label: string; /** As it is written now. */ text: string; minMs: number; maxMs: number; onText: (text: string) => void }>

export function PositionField({ label, text, minMs, maxMs, onText }: PositionFieldProps) {
  const t = useTranslations('call.train')
  const id = useId()
  const atMs = parsePosition(text)
  const moveBy = (stepMs: number): void => onText(formatPositionTenths(Math.min(Math.max((atMs ?? minMs) + stepMs, minMs), maxMs)))
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      <div className="flex items-center gap-1">
        <Button className="h-9! px-2" aria-label={t('earlier', { edge: label })} onClick={() => moveBy(-STEP_MS)}>
          <Minus size={14} aria-hidden="true" />
        </Button>
        <input
          id={id}
          value={text}
          required
          inputMode="decimal"
          autoComplete="off"
          aria-invalid={atMs === null ? true : undefined}
          aria-describedby={atMs === null ? `${id}-below` : undefined}
          onChange={(event) => onText(event.target.value)}
          className="times h-9 w-24 min-w-0 rounded-md border border-line-2 bg-surface px-2 text-center text-body aria-invalid:border-bad"
        />
        <Button className="h-9! px-2" aria-label={t('later', { edge: label })} onClick={() => moveBy(STEP_MS)}>
          <Plus size={14} aria-hidden="true" />
        </Button>
      </div>
      {atMs === null && (
        <p id={`${id}-below`} className="text-meta text-bad">
          {t('not-a-position')}
        </p>
      )}
    </div>
  )
}
