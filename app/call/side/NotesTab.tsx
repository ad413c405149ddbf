/** What people attached to moments of the call after it, and what its technician noted while it ran. */
'use client'

import { NotebookPen } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useRef, useState } from 'react'
import { Instant } from '../../format/Instant'
import { Button } from '../../ui/Button'
import { ConfirmButton } from '../../ui/ConfirmButton'
import { Explanation } from '../../ui/Explanation'
import { say } from '../../ui/say'
import type { MomentNoteView, MomentView } from '@/server/timeline/view'
import { mayNote, useCall } from '../call-context'
import { useClock } from '../clock'
import { TrainButton } from '../TrainButton'
import { NoteForm } from './NoteForm'
import { SeekTime } from './SeekTime'

type NotesTabProps = Readonly<{ draftAtMs: number | null; onDraft: (atMs: number | null) => void }>

export default function NotesTab({ draftAtMs, onDraft }: NotesTabProps) {
  const t = useTranslations('call.notes')
  const { call } = useCall()
  const clock = useClock()
  const list = useRef<HTMLDivElement>(null)
  /** The form takes the focus with it when it goes: the button in its place has it then. */
  const [isBack, setIsBack] = useState(false)
  const leaveForm = (): void => {
    setIsBack(true)
    onDraft(null)
  }
  const own = call.notes.map((note) => ({ atMs: note.atMs, note }))
  const items = [...call.moments.map((moment) => ({ atMs: moment.startMs, moment })), ...own].sort((a, b) => a.atMs - b.atMs)
  return (
    <div ref={list} tabIndex={-1} className="scrollbar-thin flex min-h-0 flex-1 flex-col overflow-y-auto -outline-offset-2">
      {draftAtMs !== null ? (
        <NoteForm key={draftAtMs} startMs={draftAtMs} onDone={leaveForm} />
      ) : (
        mayNote(call) && (
          <div className="px-4 pt-3">
            <Button autoFocus={isBack} onClick={() => onDraft(clock.atMs)}>
              <NotebookPen size={15} strokeWidth={1.75} aria-hidden="true" />
              {t('add')}
              <kbd aria-hidden="true" className="rounded-sm border border-line-2 px-1 font-mono text-label text-ink-2">
                n
              </kbd>
            </Button>
          </div>
        )
      )}
      {items.length === 0 && draftAtMs === null ? (
        <Explanation icon={<NotebookPen aria-hidden="true" />} title={t('empty')}>
          <p>{t('empty-text')}</p>
        </Explanation>
      ) : (
        <ol className="grid gap-3 px-4 py-3">
          {items.map((item) => ('moment' in item ? <Moment key={item.moment.id} moment={item.moment} onDeleted={() => list.current?.focus()} /> : <OwnNote key={item.note.seq} {...item.note} name={item.note.by.name} />))}
        </ol>
      )}
    </div>
  )
}

function Moment({ moment: { startMs, endMs, notes }, onDeleted }: Readonly<{ moment: MomentView; onDeleted: () => void }>) {
  return (
    <li className="grid grid-cols-[var(--time)_minmax(0,1fr)] gap-x-3">
      <div className="grid content-start">
        <SeekTime atMs={startMs} />
        {endMs > startMs && <SeekTime atMs={endMs} className="before:content-['–']" />}
      </div>
      <div className="grid gap-2 border-l-2 border-warn pl-3">
        {notes.map((note) => (
          <Note key={note.id} note={note} onDeleted={onDeleted} />
        ))}
        <TrainButton draft={{ startMs, endMs }} className="justify-self-start" />
      </div>
    </li>
  )
}

function Note({ note: { id, by, at, text }, onDeleted }: Readonly<{ note: MomentNoteView; onDeleted: () => void }>) {
  const t = useTranslations('call.notes')
  const { viewer, deleteNote } = useCall()
  const mayDelete = viewer.mayDeleteAnyNote || by.id === viewer.id
  const remove = async (): Promise<void> => {
    const isDeleted = await deleteNote(id)
    if (isDeleted) onDeleted()
    say(t(isDeleted ? 'deleted' : 'not-deleted'))
  }
  return (
    <article className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-3">
      <p className="text-meta text-ink-2">
        <bdi className="font-semibold text-ink">{by.name}</bdi> · <Instant at={at} show="day-and-time" />
      </p>
      {mayDelete && (
        <ConfirmButton label={t('delete')} title={t('delete-title')} confirm={t('delete')} cancel={t('cancel')} onConfirm={() => void remove()}>
          {t('delete-text')}
        </ConfirmButton>
      )}
      <p dir="auto" className="col-span-2 text-body break-words whitespace-pre-wrap">
        {text}
      </p>
    </article>
  )
}

function OwnNote({ atMs, name, text }: Readonly<{ atMs: number; name: string; text: string }>) {
  const t = useTranslations('call.notes')
  return (
    <li className="grid grid-cols-[var(--time)_minmax(0,1fr)] gap-x-3">
      <SeekTime atMs={atMs} />
      <div className="border-l-2 border-line-2 pl-3">
        <p className="text-meta text-ink-2">
          <bdi className="font-semibold text-ink">{name}</bdi> · {t('during')}
        </p>
        <p dir="auto" className="text-body break-words whitespace-pre-wrap">
          {text}
        </p>
      </div>
    </li>
  )
}
