/** The name under which others see a person. */
'use client'

import { useTranslations } from 'next-intl'
import type { FormEvent } from 'react'
import { Button } from '../ui/Button'
import type { ChangeAnswer } from '../ui/change-answer'
import { Field } from '../ui/Field'
import { textOf } from '../ui/form-text'
import { Refusal } from '../ui/Refusal'
import { useChange } from '../ui/use-change'

type NameFormProps = Readonly<{ name: string; onSave: (name: string) => Promise<ChangeAnswer> }>

export function NameForm({ name, onSave }: NameFormProps) {
  const t = useTranslations('settings')
  const { isWaiting, refusal, run } = useChange()
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const typed = textOf(new FormData(event.currentTarget), 'name')
    run(() => onSave(typed), { say: t('name-saved') })
  }
  return (
    <form onSubmit={submit} className="grid max-w-sm justify-items-start gap-4">
      <Refusal text={refusal} />
      <Field label={t('name')} name="name" defaultValue={name} required maxLength={100} autoComplete="name" className="w-full" />
      <Button type="submit" disabled={isWaiting}>
        {t('save')}
      </Button>
    </form>
  )
}
