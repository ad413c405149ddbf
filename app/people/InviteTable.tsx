/** Invitations that nobody has used yet. */
'use client'

import { useTranslations } from 'next-intl'
import { Instant } from '../format/Instant'
import { Button } from '../ui/Button'
import type { ChangeAnswer } from '../ui/change-answer'
import { Refusal } from '../ui/Refusal'
import { useChange } from '../ui/use-change'
import type { Role } from './role'

type OpenInvite = Readonly<{ id: string; email: string; role: Role; team: string | null; expiresAt: string }>
type InviteTableProps = Readonly<{ invites: readonly OpenInvite[]; onWithdraw: (id: string) => Promise<ChangeAnswer> }>

export function InviteTable({ invites, onWithdraw }: InviteTableProps) {
  const t = useTranslations('people')
  const role = useTranslations('shell.role')
  const { isWaiting, refusal, run } = useChange()
  if (invites.length === 0) return null
  return (
    <section aria-labelledby="invites" className="border-b border-line bg-paper px-4 py-3">
      <h2 id="invites" className="text-meta font-medium text-ink-3">
        {t('invited')}
      </h2>
      <Refusal text={refusal} />
      <ul>
        {invites.map(({ id, email, role: givenRole, team, expiresAt }) => (
          <li key={id} className="flex min-h-9 flex-wrap items-center gap-x-3 gap-y-1">
            <span className="min-w-0 truncate font-medium">{email}</span>
            <span className="text-ink-2">{team === null ? role(givenRole) : t('role-in-team', { role: role(givenRole), team })}</span>
            <span className="text-meta text-ink-3">{t.rich('until', { time: () => <Instant at={expiresAt} show="day-and-time" /> })}</span>
            <Button kind="quiet" disabled={isWaiting} aria-label={t('withdraw-of', { email })} onClick={() => run(() => onWithdraw(id), { say: t('withdrawn', { email }) })}>
              {t('withdraw')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
