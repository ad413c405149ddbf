/** What a list is called, teaches and whose it is: of a new one, or of one that is there, which can also be deleted. */
'use client'

import { useTranslations } from 'next-intl'
import { useRouter } from 'next/navigation'
import type { FormEvent } from 'react'
import { MAX_LIST_NAME, MAX_TEACHES } from '@/server/training/limits'
import { Button } from '../ui/Button'
import type { ChangeAnswer } from '../ui/change-answer'
import { ConfirmButton } from '../ui/ConfirmButton'
import { Field } from '../ui/Field'
import { textOf } from '../ui/form-text'
import { Refusal } from '../ui/Refusal'
import { Select } from '../ui/Select'
import { useChange } from '../ui/use-change'

export type Team = Readonly<{ id: string; name: string }>
type List = Readonly<{ name: string; teaches: string; team: Team | null; madeBy: string; isMadeByViewer: boolean }>
type ListFormProps = Readonly<{ list?: List; teams: readonly Team[]; onSave: (values: unknown) => Promise<ChangeAnswer>; onDelete?: () => Promise<ChangeAnswer> }>

export function ListForm({ list, teams, onSave, onDelete }: ListFormProps) {
  const t = useTranslations('training')
  const router = useRouter()
  const { isWaiting, refusal, run } = useChange()
  // A team that is not the viewer's own may stay with the list.
  const choices = list?.team && !teams.some(({ id }) => id === list.team?.id) ? [list.team, ...teams] : teams
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const form = event.currentTarget
    const fields = new FormData(form)
    const name = textOf(fields, 'name').trim()
    const values = { name, teaches: textOf(fields, 'teaches'), teamId: textOf(fields, 'team') || null }
    run(() => onSave(values), { say: t(list ? 'saved' : 'made', { name }), then: () => list ?? form.reset() })
  }
  return (
    <form onSubmit={submit} className="grid gap-3">
      <Refusal text={refusal} />
      <Field label={t('name')} hint={t('name-hint')} name="name" defaultValue={list?.name} required maxLength={MAX_LIST_NAME} autoComplete="off" className="max-w-md" />
      <Field label={t('teaches')} name="teaches" defaultValue={list?.teaches} maxLength={MAX_TEACHES} autoComplete="off" className="max-w-md" />
      {choices.length > 0 && (
        <Select label={t('team')} hint={list && !list.isMadeByViewer ? t('team-hint-his', { name: list.madeBy }) : t('team-hint')} name="team" defaultValue={list?.team?.id ?? ''} className="max-w-md">
          <option value="">{list && !list.isMadeByViewer ? t('only-his', { name: list.madeBy }) : t('only-mine')}</option>
          {choices.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      )}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" kind={list ? 'plain' : 'primary'} disabled={isWaiting}>
          {t(list ? 'save' : 'make')}
        </Button>
        {list && onDelete && (
          <ConfirmButton
            label={t('manage.delete')}
            title={t('manage.delete-title', { name: list.name })}
            confirm={t('manage.delete')}
            cancel={t('cancel')}
            disabled={isWaiting}
            onConfirm={() => run(onDelete, { say: t('manage.deleted', { name: list.name }), then: () => router.replace('/training') })}
          >
            {t('manage.delete-text')}
          </ConfirmButton>
        )}
      </div>
    </form>
  )
}
