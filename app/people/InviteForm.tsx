/** E-mail address, role and team of a new person; then the link to give him, which is shown once. */
'use client'

import { useTranslations } from 'next-intl'
import Link from 'next/link'
import { type FormEvent, useState, useTransition } from 'react'
import { Button, buttonLook } from '../ui/Button'
import { CommandLine } from '../ui/CommandLine'
import { Field } from '../ui/Field'
import { textOf } from '../ui/form-text'
import { Refusal } from '../ui/Refusal'
import { Select } from '../ui/Select'
import { type Role, ROLES } from './role'

type InviteAnswer = { isDone: true; link: string } | { isDone: false; message: string | null }
type InviteFormProps = Readonly<{
  teams: readonly { id: string; name: string }[]
  onInvite: (values: { email: string; role: Role; teamId: string | null }) => Promise<InviteAnswer>
}>

export function InviteForm({ teams, onInvite }: InviteFormProps) {
  const t = useTranslations('people')
  const role = useTranslations('shell.role')
  const failed = useTranslations('change')
  const [refusal, setRefusal] = useState<string | null>(null)
  const [made, setMade] = useState<{ email: string; link: string } | null>(null)
  const [isWaiting, start] = useTransition()

  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const email = textOf(form, 'email')
    const givenRole = ROLES.find((name) => name === textOf(form, 'role')) ?? 'technician'
    start(async () => {
      const answer = await onInvite({ email, role: givenRole, teamId: textOf(form, 'teamId') || null }).catch(() => null)
      if (answer?.isDone) return setMade({ email, link: answer.link })
      setRefusal(answer === null ? failed('unreachable') : (answer.message ?? failed('failed')))
    })
  }

  if (made)
    return (
      <div role="status" className="grid gap-4">
        <p>{t('link-text', { email: made.email })}</p>
        <CommandLine command={made.link} />
        <div className="flex gap-2">
          <Button onClick={() => setMade(null)}>{t('invite-another')}</Button>
          <Link href="/people" className={buttonLook('plain')}>
            {t('back')}
          </Link>
        </div>
      </div>
    )
  return (
    <form onSubmit={submit} className="grid justify-items-start gap-4">
      <p className="text-ink-2">{t('invite-text')}</p>
      <Refusal text={refusal} />
      <Field label={t('email')} name="email" type="email" autoComplete="off" required maxLength={254} className="w-full" />
      <Select label={t('column.role')} name="role" hint={t('role-hint')} className="w-full">
        {ROLES.map((name) => (
          <option key={name} value={name}>
            {role(name)}
          </option>
        ))}
      </Select>
      {teams.length > 0 && (
        <Select label={t('team')} name="teamId" className="w-full">
          <option value="">{t('no-team')}</option>
          {teams.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      )}
      <Button kind="primary" type="submit" disabled={isWaiting}>
        {t('make-link')}
      </Button>
    </form>
  )
}
