/** E-mail and password; says plainly what is wrong and how long to wait. */
'use client'

import { CircleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type FormEvent, useState, useTransition } from 'react'
import { Button } from '../ui/Button'
import { Field } from '../ui/Field'
import { Notice } from '../ui/Notice'
import { signIn } from './session'

/** What next-auth calls a pair that does not belong together; every other error is a sentence of ours. */
const WRONG_PAIR = 'CredentialsSignin'

export function SignInForm({ returnPath }: Readonly<{ returnPath: string }>) {
  const t = useTranslations('sign-in')
  const [error, setError] = useState<string | null>(null)
  const [isWaiting, start] = useTransition()

  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    start(async () => {
      const refusal = await signIn(textOf(form, 'email'), textOf(form, 'password')).catch(() => t('unreachable'))
      if (refusal === null) return location.assign(returnPath)
      setError(refusal === WRONG_PAIR ? t('wrong') : refusal)
    })
  }

  return (
    // POST even before the script has loaded: a password must never come into an address.
    <form method="post" onSubmit={submit} className="grid gap-4">
      {error && (
        <Notice tone="bad" role="alert" icon={<CircleAlert aria-hidden="true" />}>
          {error}
        </Notice>
      )}
      <Field label={t('email')} name="email" type="email" autoComplete="username" required autoFocus />
      <Field label={t('password')} name="password" type="password" autoComplete="current-password" required />
      <Button kind="primary" type="submit" className="h-9" disabled={isWaiting}>
        {t(isWaiting ? 'waiting' : 'submit')}
      </Button>
    </form>
  )
}

/** Text fields of a form are strings. */
const textOf = (form: FormData, name: string): string => form.get(name) as string
