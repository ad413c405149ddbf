/** A person's role and teams, saved together. */
'use client'

import { useTranslations } from 'next-intl'
import type { FormEvent } from 'react'
import type { UserItem } from '@/server/access/users'
import { Button } from '../ui/Button'
import type { ChangeAnswer } from '../ui/change-answer'
import { Check } from '../ui/Check'
import { textOf } from '../ui/form-text'
import { Refusal } from '../ui/Refusal'
import { Select } from '../ui/Select'
import { useChange } from '../ui/use-change'
import { ROLES } from './role'

type MembershipFormProps = Readonly<{
  person: UserItem
  teams: readonly { id: string; name: string }[]
  onSave: (values: { userId: string; role: string; teamIds: string[] }) => Promise<ChangeAnswer>
}>

export function MembershipForm({ person, teams, onSave }: MembershipFormProps) {
  const t = useTranslations('people')
  const role = useTranslations('shell.role')
  const { isWaiting, refusal, run } = useChange()
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const values = { userId: person.id, role: textOf(form, 'role'), teamIds: form.getAll('team').map(String) }
    run(() => onSave(values), { say: t('saved', { name: person.name }) })
  }
  return (
    <form onSubmit={submit} className="grid justify-items-start gap-4">
      <Refusal text={refusal} />
      {/* The key takes the choice back to what is saved, should another admin have changed it. */}
      <Select key={person.role} label={t('column.role')} name="role" defaultValue={person.role} className="w-60">
        {ROLES.map((name) => (
          <option key={name} value={name}>
            {role(name)}
          </option>
        ))}
      </Select>
      <fieldset className="grid gap-1.5">
        <legend className="mb-1 font-medium">{t('column.teams')}</legend>
        {teams.length === 0 && <p className="text-ink-3">{t('no-teams-yet')}</p>}
        {teams.map(({ id, name }) => (
          <Check key={id} name="team" value={id} defaultChecked={person.teams.some((team) => team.id === id)} label={<bdi>{name}</bdi>} />
        ))}
      </fieldset>
      <Button kind="primary" type="submit" disabled={isWaiting}>
        {t('save')}
      </Button>
    </form>
  )
}
