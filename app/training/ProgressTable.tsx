/** Who has ticked off which clip, a person a row; a clip's column has its number, its title on hover and for screen readers. */
'use client'

import { Check, Minus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { AssignmentItem, ClipItem } from '@/server/training/view'
import { Button } from '../ui/Button'
import type { ChangeAnswer } from '../ui/change-answer'
import { Refusal } from '../ui/Refusal'
import { CELL, HEAD_CELL } from '../ui/table'
import { useChange } from '../ui/use-change'
import { DueChip } from './DueChip'

const NOT_ON_PHONE = 'max-md:hidden'

type ProgressTableProps = Readonly<{ clips: readonly ClipItem[]; assignments: readonly AssignmentItem[]; onTakeBack: (userId: string) => Promise<ChangeAnswer> }>

export function ProgressTable({ clips, assignments, onTakeBack }: ProgressTableProps) {
  const t = useTranslations('training.manage')
  const { isWaiting, refusal, run } = useChange()
  if (assignments.length === 0) return <p className="text-ink-3">{t('not-assigned')}</p>
  return (
    <>
      <Refusal text={refusal} />
      <div className="relative overflow-x-auto rounded-md border border-line bg-surface" role="region" aria-label={t('table')} tabIndex={0}>
        <table className="w-full">
          <thead>
            <tr className="border-b border-line">
              <th scope="col" className={HEAD_CELL}>{t('person')}</th>
              {clips.map(({ id, title }, index) => (
                <th key={id} scope="col" title={title} className={`${HEAD_CELL} times text-center!`}>
                  <span aria-hidden="true">{index + 1}</span>
                  <span className="sr-only">{t('clip-number', { number: index + 1, title })}</span>
                </th>
              ))}
              <th scope="col" className={`${HEAD_CELL} ${NOT_ON_PHONE}`}>{t('due')}</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {assignments.map(({ userId, name, dueOn, ticks }) => (
              <tr key={userId} className="h-11 border-b border-line last:border-b-0">
                <th scope="row" className={`${CELL} max-w-[220px] truncate text-left font-medium`}>
                  <bdi>{name}</bdi>
                </th>
                {clips.map(({ id }) => {
                  const isDone = ticks.some(({ clipId }) => clipId === id)
                  return (
                    <td key={id} className={`${CELL} text-center`}>
                      {isDone ? <Check size={16} className="mx-auto text-ok" aria-hidden="true" /> : <Minus size={16} className="mx-auto text-faint" aria-hidden="true" />}
                      <span className="sr-only">{t(isDone ? 'has-done' : 'has-not')}</span>
                    </td>
                  )
                })}
                <td className={`${CELL} ${NOT_ON_PHONE}`}>{dueOn ? <DueChip dueOn={dueOn} isDone={clips.length > 0 && ticks.length === clips.length} /> : <span className="text-ink-3">{t('no-day')}</span>}</td>
                <td className={`${CELL} text-right`}>
                  <Button kind="quiet" disabled={isWaiting} aria-label={t('take-back-from', { name })} onClick={() => run(() => onTakeBack(userId), { say: t('taken-back', { name }) })}>
                    {t('take-back')}
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}
