/** Whom the list is for, and until when. Whoever has it already can be given another day. */
'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import type { AssignablePerson } from '@/server/training/assignments'
import { Button } from '../ui/Button'
import type { ChangeAnswer } from '../ui/change-answer'
import { Check } from '../ui/Check'
import { Field } from '../ui/Field'
import { textOf } from '../ui/form-text'
import { Refusal } from '../ui/Refusal'
import { useChange } from '../ui/use-change'

type AssignFormProps = Readonly<{ people: readonly AssignablePerson[]; assigned: readonly string[]; onAssign: (values: unknown) => Promise<ChangeAnswer> }>

export function AssignForm({ people, assigned, onAssign }: AssignFormProps) {
  const t = useTranslations('training.manage')
  const role = useTranslations('shell.role')
  const { isWaiting, refusal, run } = useChange()
  const [isNobody, setIsNobody] = useState(false)
  if (people.length === 0) return <p className="text-ink-3">{t('nobody')}</p>
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const form = event.currentTarget
    const fields = new FormData(form)
    const userIds = fields.getAll('person')
    setIsNobody(userIds.length === 0)
    if (userIds.length === 0) return
    run(() => onAssign({ userIds, dueOn: textOf(fields, 'dueOn') || null }), { say: t('was-assigned', { count: userIds.length }), then: () => form.reset() })
  }
  return (
    <form onSubmit={submit} className="grid gap-3">
      <Refusal text={isNobody ? t('choose') : refusal} />
      <fieldset className="grid min-w-0 gap-2">
        <legend className="mb-1 font-medium">{t('people')}</legend>
        <div className="scrollbar-thin grid max-h-64 gap-1.5 overflow-y-auto rounded-md border border-line-2 bg-surface p-3 sm:grid-cols-2">
          {people.map(({ id, name, role: hisRole }) => (
            <Check
              key={id}
              name="person"
              value={id}
              label={
                <>
                  <bdi>{name}</bdi>{' '}
                  <span className="text-meta text-ink-3">{assigned.includes(id) ? t('role-and-has-it', { role: role(hisRole) }) : role(hisRole)}</span>
                </>
              }
            />
          ))}
        </div>
      </fieldset>
      <Field label={t('last-day')} name="dueOn" type="date" className="max-w-52" />
      <Button type="submit" kind="primary" disabled={isWaiting} className="justify-self-start">
        {t('assign-button')}
      </Button>
    </form>
  )
}
