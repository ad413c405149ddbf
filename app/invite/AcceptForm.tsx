/** Name and password of somebody who was invited, who is signed in at once. */
'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, useState, useTransition } from 'react'
import { signIn } from '../sign-in/session'
import { Button } from '../ui/Button'
import { Field } from '../ui/Field'
import { Refusal } from '../ui/Refusal'
import { accept, type AcceptAnswer } from './actions'

type Refused = Extract<AcceptAnswer, { state: 'refused' }>
const FAILED: Refused = { state: 'refused', fields: [], message: null }

export function AcceptForm({ token, email }: Readonly<{ token: string; email: string }>) {
  const t = useTranslations('setup')
  const [refused, setRefused] = useState<Refused | null>(null)
  const [isWaiting, start] = useTransition()

  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    start(async () => {
      const answer = await accept(form).catch(() => FAILED)
      if (answer.state === 'refused') return setRefused(answer)
      // Should signing in fail, the list of calls leads to the sign-in page.
      await signIn(email, form.get('password') as string).catch(() => null)
      location.assign('/calls')
    })
  }
  const errorOf = (field: Refused['fields'][number]): string | null => (refused?.fields.includes(field) ? (refused.message ?? t(`check.${field}`)) : null)

  return (
    <form method="post" onSubmit={submit} className="grid gap-4">
      <Refusal text={refused && refused.fields.length === 0 ? (refused.message ?? t('failed')) : null} />
      <input type="hidden" name="token" value={token} />
      <Field label={t('email')} type="email" autoComplete="username" value={email} readOnly />
      <Field label={t('name')} name="name" autoComplete="name" required maxLength={100} autoFocus error={errorOf('name')} />
      <Field label={t('password')} name="password" type="password" autoComplete="new-password" required hint={t('password-hint')} error={errorOf('password')} />
      <Button kind="primary" type="submit" className="h-9" disabled={isWaiting}>
        {t(isWaiting ? 'waiting' : 'submit')}
      </Button>
    </form>
  )
}
