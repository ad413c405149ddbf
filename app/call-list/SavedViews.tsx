/** Filters that a person comes back to, under names of his own. */
'use client'

import { Bookmark, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Popover } from 'radix-ui'
import { type FormEvent, useState } from 'react'
import type { SavedView } from '@/server/timeline/view'
import { Button, buttonLook } from '../ui/Button'
import { SURFACE } from '../ui/menu'
import { say } from '../ui/say'
import type { ViewActions } from './CallList'

type SavedViewsProps = Readonly<{ views: readonly SavedView[]; query: string; actions: ViewActions; onShow: (query: string) => void }>

export function SavedViews({ views, query, actions, onShow }: SavedViewsProps) {
  const t = useTranslations('calls.views')
  const [isOpen, setIsOpen] = useState(false)
  const [isBusy, setIsBusy] = useState(false)
  const run = async (work: () => Promise<string>): Promise<void> => {
    setIsBusy(true)
    say(await work().catch(() => t('failed')))
    setIsBusy(false)
  }
  const save = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const form = event.currentTarget
    const typed = new FormData(form).get('name')
    const name = typeof typed === 'string' ? typed.trim() : ''
    void run(async () => {
      const outcome = await actions.save(name, query)
      if (outcome === 'saved') form.reset()
      return outcome === 'saved' ? t('saved', { name }) : t(outcome)
    })
  }
  const remove = ({ id, name }: SavedView): void => void run(async () => ((await actions.remove(id)) ? t('deleted', { name }) : t('failed')))
  return (
    <Popover.Root open={isOpen} onOpenChange={setIsOpen}>
      <Popover.Trigger className={buttonLook('plain')}>
        <Bookmark size={16} strokeWidth={1.75} aria-hidden="true" />
        {t('button')}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content align="end" sideOffset={6} collisionPadding={8} aria-label={t('button')} className={`${SURFACE} grid w-72 gap-2 p-2`}>
          {views.length === 0 && <p className="px-2 py-1 text-ink-2">{t('none')}</p>}
          {views.length > 0 && (
            <ul className="scrollbar-thin grid max-h-[50dvh] overflow-y-auto">
              {views.map((view) => (
                <li key={view.id} className="flex items-center rounded-md hover:bg-sunken">
                  <button
                    type="button"
                    aria-current={view.query === query ? 'true' : undefined}
                    className="h-8 min-w-0 flex-1 truncate rounded-md px-2 text-left -outline-offset-2 aria-[current]:font-semibold"
                    onClick={() => {
                      setIsOpen(false)
                      onShow(view.query)
                    }}
                  >
                    <bdi>{view.name}</bdi>
                  </button>
                  <button type="button" aria-label={t('delete', { name: view.name })} disabled={isBusy} onClick={() => remove(view)} className="grid size-8 shrink-0 place-items-center rounded-md text-ink-3 -outline-offset-2 hover:text-bad">
                    <Trash2 size={14} aria-hidden="true" />
                  </button>
                </li>
              ))}
            </ul>
          )}
          <form onSubmit={save} className="flex gap-2 border-t border-line pt-2">
            <input name="name" required maxLength={60} aria-label={t('name')} placeholder={t('name')} className="h-[30px] min-w-0 flex-1 rounded-md border border-line-2 bg-surface px-2 text-body placeholder:text-ink-3" />
            <Button type="submit" disabled={isBusy}>
              {t('save')}
            </Button>
          </form>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
