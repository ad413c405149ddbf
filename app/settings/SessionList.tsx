/** Where a person is signed in, and the way to end it: one, all others, all. */
'use client'

import { useTranslations } from 'next-intl'
import { Instant } from '../format/Instant'
import { Button } from '../ui/Button'
import type { ChangeAnswer } from '../ui/change-answer'
import { Chip } from '../ui/Chip'
import { Refusal } from '../ui/Refusal'
import { useChange } from '../ui/use-change'

type SessionRow = Readonly<{
  id: string
  browser: { browser: string; system: string | null } | null
  address: string | null
  createdAt: string
  lastSeenAt: string
  isThis: boolean
}>
type SessionListProps = Readonly<{
  sessions: readonly SessionRow[]
  onEnd: (id: string) => Promise<ChangeAnswer>
  onEndOthers: () => Promise<ChangeAnswer>
  onEndAll: () => Promise<ChangeAnswer>
}>

export function SessionList({ sessions, onEnd, onEndOthers, onEndAll }: SessionListProps) {
  const t = useTranslations('settings')
  const { isWaiting, refusal, run } = useChange()
  const nameOf = ({ browser }: SessionRow): string => {
    if (browser === null) return t('browser-unknown')
    return browser.system === null ? browser.browser : t('browser-on', { browser: browser.browser, system: browser.system })
  }
  const leave = (): void => location.assign('/sign-in')
  return (
    <>
      <Refusal text={refusal} />
      <ul className="divide-y divide-line rounded-lg border border-line-2 bg-surface">
        {sessions.map((session) => (
          <li key={session.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2">
            <div className="min-w-0 flex-1 basis-48">
              <span className="mr-2 font-medium">{nameOf(session)}</span>
              {session.isThis && <Chip tone="ok">{t('this-one')}</Chip>}
              <div className="text-meta text-ink-3">
                {t.rich('session-facts', { address: session.address ?? '', began: () => <Instant at={session.createdAt} show="day-and-time" />, seen: () => <Instant at={session.lastSeenAt} show="day-and-time" /> })}
              </div>
            </div>
            {!session.isThis && (
              <Button disabled={isWaiting} aria-label={t('end-of', { browser: nameOf(session) })} onClick={() => run(() => onEnd(session.id), { say: t('ended') })}>
                {t('end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        {sessions.length > 1 && (
          <Button disabled={isWaiting} onClick={() => run(onEndOthers, { say: t('others-ended') })}>
            {t('end-others')}
          </Button>
        )}
        <Button disabled={isWaiting} onClick={() => run(onEndAll, { then: leave })}>
          {t('end-all')}
        </Button>
      </div>
    </>
  )
}
