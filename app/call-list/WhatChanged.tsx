/** The changes of a call in a line: `Roaming off → on, Comment`. */
'use client'

import { useTranslations } from 'next-intl'
import type { CallListItem } from '@/server/timeline/view'

/** Longer values are texts; the call's page has them. */
const SHORT_VALUE = 16

export function WhatChanged({ call }: Readonly<{ call: CallListItem }>) {
  const t = useTranslations('calls')
  if (call.actionCount === 0) return <span className="text-ink-3">{t('no-crm')}</span>
  if (call.changes.length === 0) return <span className="text-ink-3">{t('no-change')}</span>
  const text = call.changes.map(describe).join(', ')
  const more = call.changeCount - call.changes.length
  return <span className="text-action">{more > 0 ? t('more-changes', { text, count: more }) : text}</span>
}

function describe({ label, field, from, to }: CallListItem['changes'][number]): string {
  const name = label ?? field
  if (!to || to.length > SHORT_VALUE || (from?.length ?? 0) > SHORT_VALUE) return name
  return from ? `${name} ${from} → ${to}` : `${name} → ${to}`
}
