/** A team's name and rule: of a new team, or of one that is there, which can also be deleted. */
'use client'

import { useTranslations } from 'next-intl'
import type { FormEvent } from 'react'
import { Button } from '../ui/Button'
import type { ChangeAnswer } from '../ui/change-answer'
import { Check } from '../ui/Check'
import { ConfirmButton } from '../ui/ConfirmButton'
import { Field } from '../ui/Field'
import { textOf } from '../ui/form-text'
import { Refusal } from '../ui/Refusal'
import { useChange } from '../ui/use-change'

type Team = Readonly<{ name: string; technicianSeesLooks: boolean }>
type TeamFormProps = Readonly<{ team?: Team; onSave: (team: Team) => Promise<ChangeAnswer>; onRemove?: () => Promise<ChangeAnswer> }>

export function TeamForm({ team, onSave, onRemove }: TeamFormProps) {
  const t = useTranslations('teams')
  const { isWaiting, refusal, run } = useChange()
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const form = event.currentTarget
    const fields = new FormData(form)
    const values = { name: textOf(fields, 'name'), technicianSeesLooks: fields.has('technicianSeesLooks') }
    run(() => onSave(values), { say: t('saved', { name: values.name }), then: () => team ?? form.reset() })
  }
  return (
    <form onSubmit={submit} className="grid gap-3">
      <Refusal text={refusal} />
      <Field label={t('name')} name="name" defaultValue={team?.name} required maxLength={100} autoComplete="off" className="max-w-sm" />
      <Check name="technicianSeesLooks" defaultChecked={team?.technicianSeesLooks} label={t('rule')} hint={t('rule-hint')} />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" kind={team ? 'plain' : 'primary'} disabled={isWaiting}>
          {t(team ? 'save' : 'make')}
        </Button>
        {team && onRemove && (
          <ConfirmButton label={t('remove')} title={t('remove-title', { name: team.name })} confirm={t('remove')} cancel={t('cancel')} disabled={isWaiting} onConfirm={() => run(onRemove, { say: t('removed', { name: team.name }) })}>
            {t('remove-text')}
          </ConfirmButton>
        )}
      </div>
    </form>
  )
}
