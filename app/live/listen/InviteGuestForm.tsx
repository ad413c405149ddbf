/** Name, role and time of a guest; then the link to send him, which is shown once. */
'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, useState, useTransition } from 'react'
import { INVITATION_LASTS, INVITED_AS, MAX_INVITED_NAME_LENGTH } from '@/protocol/live-names'
import type { InvitationItem } from '@/server/live/invitations'
import { Button } from '../../ui/Button'
import { CommandLine } from '../../ui/CommandLine'
import { Field } from '../../ui/Field'
import { textOf } from '../../ui/form-text'
import { Refusal } from '../../ui/Refusal'
import { Select } from '../../ui/Select'
import type { Invitations } from './listening-context'

type InviteGuestFormProps = Readonly<{ make: Invitations['make']; onMade: (items: readonly InvitationItem[]) => void }>

export function InviteGuestForm({ make, onMade }: InviteGuestFormProps) {
  const t = useTranslations('live.guests')
  const [made, setMade] = useState<{ name: string; link: string } | null>(null)
  const [hasFailed, setHasFailed] = useState(false)
  const [isWaiting, start] = useTransition()

  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const name = textOf(form, 'name').trim()
    const as = INVITED_AS.find((one) => one === textOf(form, 'as')) ?? 'trainee'
    const lasts = INVITATION_LASTS.find((one) => one === textOf(form, 'lasts')) ?? 'quarter'
    start(async () => {
      const answer = await make({ name, as, lasts }).catch(() => null)
      setHasFailed(answer === null)
      if (!answer) return
      setMade({ name, link: answer.link })
      onMade(answer.invitations)
    })
  }

  if (made)
    return (
      <div role="status" className="grid justify-items-start gap-3">
        <p>{t('made', { name: made.name })}</p>
        <div className="w-full">
          <CommandLine command={made.link} copyLabel={t('copy')} />
        </div>
        <Button onClick={() => setMade(null)}>{t('another')}</Button>
      </div>
    )
  return (
    <form onSubmit={submit} className="grid justify-items-start gap-3">
      <Refusal text={hasFailed ? t('failed') : null} />
      <Field label={t('name')} name="name" hint={t('name-hint')} autoComplete="off" required pattern=".*\S.*" maxLength={MAX_INVITED_NAME_LENGTH} className="w-full" />
      <div className="grid w-full gap-3 sm:grid-cols-2">
        <Select label={t('as')} name="as">
          {INVITED_AS.map((as) => (
            <option key={as} value={as}>
              {t(`role.${as}`)}
            </option>
          ))}
        </Select>
        <Select label={t('lasts')} name="lasts">
          {INVITATION_LASTS.map((lasts) => (
            <option key={lasts} value={lasts}>
              {t(`lasting.${lasts}`)}
            </option>
          ))}
        </Select>
      </div>
      <Button kind="primary" type="submit" disabled={isWaiting}>
        {t('make')}
      </Button>
    </form>
  )
}
