/** The deeds without the words, to be filtered by what was done. */
'use client'

import { MousePointerClick } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useMemo, useState } from 'react'
import type { ActionVerb } from '@/protocol/entries'
import type { ColumnItem } from '../../player/column'
import { Explanation } from '../../ui/Explanation'
import { Column } from './Column'

type ActionItem = Extract<ColumnItem, { kind: 'action' }>

export function ActionsTab({ column }: Readonly<{ column: readonly ColumnItem[] }>) {
  const t = useTranslations('call.side')
  const [verb, setVerb] = useState<ActionVerb | null>(null)
  const actions = useMemo(() => column.filter((item): item is ActionItem => item.kind === 'action'), [column])
  const counts = useMemo(() => countVerbs(actions), [actions])
  if (actions.length === 0)
    return (
      <Explanation icon={<MousePointerClick aria-hidden="true" />} title={t('no-actions')}>
        <p>{t('no-actions-text')}</p>
      </Explanation>
    )
  return (
    <>
      <div role="group" aria-label={t('filter')} className="flex flex-wrap gap-1.5 px-4 pt-3">
        {counts.map(([name, count]) => (
          <button
            key={name}
            type="button"
            aria-pressed={verb === name}
            onClick={() => setVerb((before) => (before === name ? null : name))}
            className="h-6 rounded-md border border-line-2 px-2 text-meta text-ink-2 hover:bg-sunken aria-pressed:border-action aria-pressed:bg-action-tint aria-pressed:text-action"
          >
            {t(`verb.${name}`)} <span className="times">{count}</span>
          </button>
        ))}
      </div>
      <div className="flex min-h-0 flex-1 flex-col [--gutter:16px]">
        <Column items={verb ? actions.filter(({ action }) => action.verb === verb) : actions} label={t('actions')} />
      </div>
    </>
  )
}

function countVerbs(actions: readonly ActionItem[]): [ActionVerb, number][] {
  const counts = new Map<ActionVerb, number>()
  for (const { action } of actions) counts.set(action.verb, (counts.get(action.verb) ?? 0) + 1)
  return [...counts]
}
