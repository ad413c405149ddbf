/** Name, e-mail and password of the first administrator, who is signed in at once. */
'use client'

import { CircleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type FormEvent, useState, useTransition } from 'react'
import { signIn } from '../sign-in/session'
import { Button } from '../ui/Button'
import { Field } from '../ui/Field'
import { Notice } from '../ui/Notice'
import { makeFirstAdmin, type SetupAnswer } from './actions'

type Refusal = Extract<SetupAnswer, { state: 'refused' }>
const FAILED: Refusal = { state: 'refused', fields: [], message: null }

export function SetupForm({ token }: Readonly<{ token: string }>) {
  const t = useTranslations('setup')
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const [isWaiting, start] = useTransition()

  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    start(async () => {
      const answer = await makeFirstAdmin(form).catch(() => FAILED)
      if (answer.state === 'refused') return setRefusal(answer)
      // Should signing in fail, that page leads to the sign-in page.
      await signIn(form.get('email') as string, form.get('password') as string).catch(() => null)
      location.assign('/welcome')
    })
  }
  const errorOf = (field: Refusal['fields'][number]): string | null => (refusal?.fields.includes(field) ? (refusal.message ?? t(`check.${field}`)) : null)
  const general = refusal && refusal.fields.length === 0 ? (refusal.message ?? t('failed')) : null

  return (
    <form method="post" onSubmit={submit} className="grid gap-4">
      {general && (
        <Notice tone="bad" role="alert" icon={<CircleAlert aria-hidden="true" />}>
          {general}
        </Notice>
      )}
      <input type="hidden" name="token" value={token} />
      <Field label={t('name')} name="name" autoComplete="name" required maxLength={100} autoFocus error={errorOf('name')} />
      <Field label={t('email')} name="email" type="email" autoComplete="username" required error={errorOf('email')} />
      <Field label={t('password')} name="password" type="password" autoComplete="new-password" required hint={t('password-hint')} error={errorOf('password')} />
      <Button kind="primary" type="submit" className="h-9" disabled={isWaiting}>
        {t(isWaiting ? 'waiting' : 'submit')}
      </Button>
    </form>
  )
}
