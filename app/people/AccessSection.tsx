/** Where a person is signed in, and whether he may at all. */
'use client'

import { useTranslations } from 'next-intl'
import type { UserItem } from '@/server/access/users'
import { Button } from '../ui/Button'
import type { ChangeAnswer } from '../ui/change-answer'
import { ConfirmButton } from '../ui/ConfirmButton'
import { Refusal } from '../ui/Refusal'
import { useChange } from '../ui/use-change'

type AccessSectionProps = Readonly<{
  person: UserItem
  sessionCount: number
  onEndSessions: () => Promise<ChangeAnswer>
  onSetEnabled: (isEnabled: boolean) => Promise<ChangeAnswer>
}>

export function AccessSection({ person, sessionCount, onEndSessions, onSetEnabled }: AccessSectionProps) {
  const t = useTranslations('people')
  const { isWaiting, refusal, run } = useChange()
  const { name, isDisabled } = person
  return (
    <>
      <Refusal text={refusal} />
      <p>{isDisabled ? t('disabled-now') : t('sessions', { count: sessionCount })}</p>
      <div className="flex flex-wrap gap-2">
        {sessionCount > 0 && (
          <Button disabled={isWaiting} onClick={() => run(onEndSessions, { say: t('sessions-ended', { name }) })}>
            {t('end-sessions')}
          </Button>
        )}
        {isDisabled ? (
          <Button disabled={isWaiting} onClick={() => run(() => onSetEnabled(true), { say: t('enabled', { name }) })}>
            {t('enable')}
          </Button>
        ) : (
          <ConfirmButton
            label={t('disable')}
            title={t('disable-title', { name })}
            confirm={t('disable')}
            cancel={t('cancel')}
            disabled={isWaiting}
            onConfirm={() => run(() => onSetEnabled(false), { say: t('is-disabled', { name }) })}
          >
            {t('disable-text')}
          </ConfirmButton>
        )}
      </div>
    </>
  )
}
