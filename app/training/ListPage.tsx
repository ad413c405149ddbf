/** A list: its clips in order at the side, the open one in place. */
'use client'

import { ListVideo, SlidersHorizontal } from 'lucide-react'
import { useTranslations } from 'next-intl'
import Link from 'next/link'
import type { ClipView, ListView } from '@/server/training/view'
import { TopBar } from '../shell/TopBar'
import { BackLink } from '../ui/BackLink'
import { buttonLook } from '../ui/Button'
import type { ChangeAnswer } from '../ui/change-answer'
import { Explanation } from '../ui/Explanation'
import { ClipNav } from './ClipNav'
import { ClipPlayer } from './ClipPlayer'
import { DueChip } from './DueChip'

type ListPageProps = Readonly<{
  list: ListView
  /** `null` in a list without clips. */
  clip: ClipView | null
  onTick: (clipId: string, isDone: boolean) => Promise<ChangeAnswer>
  onCutAgain: (clipId: string) => Promise<ChangeAnswer>
  onComment: (clipId: string, comment: { atMs: number; text: string }) => Promise<ChangeAnswer>
  onDeleteComment: (commentId: string) => Promise<ChangeAnswer>
}>

export function ListPage({ list, clip, onTick, onCutAgain, onComment, onDeleteComment }: ListPageProps) {
  const t = useTranslations('training')
  const ticked = list.clips.filter(({ isTicked }) => isTicked).length
  const keeps = list.assignments !== null
  return (
    <div className="flex flex-1 flex-col wide:h-dvh wide:flex-none">
      <TopBar
        back={<BackLink href="/training" label={t('back')} />}
        title={list.name}
        detail={list.teaches}
      >
        {list.own && <DueChip dueOn={list.own.dueOn} isDone={list.clips.length > 0 && ticked === list.clips.length} />}
        {keeps && (
          <Link href={`/training/${list.id}/manage`} prefetch={false} className={buttonLook('plain')}>
            <SlidersHorizontal size={15} strokeWidth={1.75} aria-hidden="true" />
            {t('play.manage')}
          </Link>
        )}
      </TopBar>
      {clip === null ? (
        <div className="grid flex-1">
          <Explanation icon={<ListVideo aria-hidden="true" />} title={t('play.empty')} action={keeps && <Link href="/calls" prefetch={false} className={buttonLook('primary')}>{t('play.to-calls')}</Link>}>
            <p>{t(keeps ? 'play.empty-keeper' : 'play.empty-learner')}</p>
          </Explanation>
        </div>
      ) : (
        <div className="flex min-h-0 flex-1 flex-col wide:grid wide:grid-cols-[272px_minmax(0,1fr)_minmax(380px,30%)]">
          <ClipNav list={list} currentId={clip.id} ticked={ticked} />
          <ClipPlayer key={clip.id} clip={clip} list={list} onTick={onTick} onCutAgain={onCutAgain} onComment={onComment} onDeleteComment={onDeleteComment} />
        </div>
      )}
    </div>
  )
}
