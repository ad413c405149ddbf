/** A new password, for whoever knows the old one. */
'use client'

import { useTranslations } from 'next-intl'
import type { FormEvent } from 'react'
import { Button } from '../ui/Button'
import type { ChangeAnswer } from '../ui/change-answer'
import { Field } from '../ui/Field'
import { textOf } from '../ui/form-text'
import { Refusal } from '../ui/Refusal'
import { useChange } from '../ui/use-change'

type PasswordFormProps = Readonly<{ email: string; onSave: (values: { oldPassword: string; newPassword: string }) => Promise<ChangeAnswer> }>

export function PasswordForm({ email, onSave }: PasswordFormProps) {
  const t = useTranslations('settings')
  const { isWaiting, refusal, run } = useChange()
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const form = event.currentTarget
    const fields = new FormData(form)
    const values = { oldPassword: textOf(fields, 'oldPassword'), newPassword: textOf(fields, 'newPassword') }
    run(() => onSave(values), { say: t('password-saved'), then: () => form.reset() })
  }
  return (
    <form method="post" onSubmit={submit} className="grid max-w-sm justify-items-start gap-4">
      <Refusal text={refusal} />
      {/* Tells password managers whose password it is. */}
      <input type="email" autoComplete="username" value={email} readOnly hidden />
      <Field label={t('old-password')} name="oldPassword" type="password" autoComplete="current-password" required className="w-full" />
      <Field label={t('new-password')} name="newPassword" type="password" autoComplete="new-password" required hint={t('new-password-hint')} className="w-full" />
      <Button type="submit" disabled={isWaiting}>
        {t('change-password')}
      </Button>
    </form>
  )
}
