/** Whether a team's technicians see who listens, who decided so, and when. */
'use client'

import { useTranslations } from 'next-intl'
import type { FormEvent } from 'react'
import { LISTENERS_SHOWN, type ListenersShown } from '@/protocol/live-names'
import { Instant } from '../format/Instant'
import { Button } from '../ui/Button'
import type { ChangeAnswer } from '../ui/change-answer'
import { textOf } from '../ui/form-text'
import { Refusal } from '../ui/Refusal'
import { Select } from '../ui/Select'
import { useChange } from '../ui/use-change'

type ListenersRuleFormProps = Readonly<{ teamName: string; rule: ListenersShown; setBy: string | null; setAt: string | null; onSave: (rule: string) => Promise<ChangeAnswer> }>

export function ListenersRuleForm({ teamName, rule, setBy, setAt, onSave }: ListenersRuleFormProps) {
  const t = useTranslations('teams')
  const { isWaiting, refusal, run } = useChange()
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const chosen = textOf(new FormData(event.currentTarget), 'rule')
    run(() => onSave(chosen), { say: t('listeners-saved', { name: teamName }) })
  }
  return (
    <form onSubmit={submit} className="grid gap-3">
      <Refusal text={refusal} />
      <Select name="rule" label={t('listeners')} hint={t('listeners-hint')} defaultValue={rule} className="max-w-sm">
        {LISTENERS_SHOWN.map((choice) => (
          <option key={choice} value={choice}>
            {t(`listeners-${choice}`)}
          </option>
        ))}
      </Select>
      {setAt && (
        <p className="text-meta text-ink-3">
          {t('listeners-set', { name: setBy ?? t('listeners-set-by-nobody') })} <Instant at={setAt} show="day-and-time" />
        </p>
      )}
      <Button type="submit" kind="plain" disabled={isWaiting} className="justify-self-start">
        {t('save-listeners')}
      </Button>
    </form>
  )
}
