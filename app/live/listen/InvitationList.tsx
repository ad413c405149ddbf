/** Those invited to this call: who, as what, by whom, whether he listens now, and the end of it. */
'use client'

import { useTranslations } from 'next-intl'
import { useTransition } from 'react'
import type { InvitationItem } from '@/server/live/invitations'
import { Instant } from '../../format/Instant'
import { Button } from '../../ui/Button'

/** `present`: ids of the invitations by which somebody listens now. */
type InvitationListProps = Readonly<{ items: readonly InvitationItem[]; present: readonly string[]; onEnd: (item: InvitationItem) => Promise<void> }>

export function InvitationList({ items, present, onEnd }: InvitationListProps) {
  const t = useTranslations('live.guests')
  const [isWaiting, start] = useTransition()
  return (
    <div className="grid grid-cols-[minmax(0,1fr)]">
      <h3 id="invited-guests" className="pb-2 font-medium">
        {t('invited')}
      </h3>
      <ul aria-labelledby="invited-guests" className="grid grid-cols-[minmax(0,1fr)] border-t border-line">
        {items.map((item) => {
          const state = stateOf(item, present.includes(item.id))
          return (
            <li key={item.id} className="flex min-h-11 items-center gap-3 border-b border-line py-1.5">
              <span className="min-w-0 flex-1">
                <bdi className="block truncate font-medium">{item.name}</bdi>
                <span className="block text-meta text-ink-2">{t('by', { as: item.as, by: item.invitedBy })}</span>
                <span className={`block text-meta ${state === 'present' ? 'text-ok' : 'text-ink-2'}`}>{t.rich(`state.${state}`, { time: () => <Instant at={item.expiresAt} show="time" /> })}</span>
              </span>
              {item.state === 'counts' && (
                <Button disabled={isWaiting} aria-label={t('end-of', { name: item.name })} onClick={() => start(() => onEnd(item))}>
                  {t('end')}
                </Button>
              )}
            </li>
          )
        })}
      </ul>
    </div>
  )
}

/** Of one that counts no more he is out within seconds. */
function stateOf({ state, confirmedAt }: InvitationItem, isPresent: boolean): 'present' | 'confirmed' | 'open' | 'expired' | 'ended' {
  if (state !== 'counts') return state
  if (isPresent) return 'present'
  return confirmedAt ? 'confirmed' : 'open'
}
