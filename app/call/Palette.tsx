/** Everything the call page can do, and every place in the call that has a name, by typing a part of it. */
'use client'

import { Command as Cmdk } from 'cmdk'
import { useTranslations } from 'next-intl'
import { useRouter } from 'next/navigation'
import { Dialog } from 'radix-ui'
import { useMemo, useRef, useState } from 'react'
import { formatPosition } from '../format/duration'
import type { ColumnItem } from '../player/column'
import { KEYS } from '../player/keymap'
import { findInText } from '../player/search'
import { DIALOG, OVERLAY } from '../ui/dialog'
import { describeInOneLine } from './action-text'
import { useClock } from './clock'
import { itemText } from './item-text'
import type { RunCommand } from './use-commands'

const PAGES = [
  { href: '/calls', name: 'calls' },
  { href: '/devices', name: 'devices' },
] as const
/** More do not help whoever reads; typing narrows all of them down. */
const MOST_PLACES = 500
const PLACES: ReadonlySet<ColumnItem['kind']> = new Set(['action', 'note', 'moment', 'missing'])

const ITEM = 'flex min-h-8 cursor-pointer items-center gap-3 rounded-md px-2 py-1 data-[selected=true]:bg-sunken'
const GROUP = 'p-1 [&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1 [&_[cmdk-group-heading]]:text-label [&_[cmdk-group-heading]]:text-ink-2'

type PaletteProps = Readonly<{ column: readonly ColumnItem[]; run: RunCommand; onClose: () => void }>

export default function Palette({ column, run, onClose }: PaletteProps) {
  const t = useTranslations('call')
  const clock = useClock()
  const router = useRouter()
  const places = useMemo(
    () => column.filter(({ kind }) => PLACES.has(kind)).slice(0, MOST_PLACES).map((item) => ({ id: item.id, atMs: item.atMs, text: item.kind === 'action' ? describeInOneLine(item.action, t) : itemText(item, t).replaceAll('\n', ' · ') })),
    [column, t],
  )
  const [before] = useState(() => document.activeElement)
  const chosen = useRef<() => void>(undefined)
  const choose = (act: () => void) => (): void => {
    chosen.current = act
    onClose()
  }
  /** The focus goes back to where it was; what was chosen may open something of its own then, and take it there. */
  const leave = (event: Event): void => {
    event.preventDefault()
    if (before instanceof HTMLElement) before.focus()
    chosen.current?.()
  }
  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className={OVERLAY} />
        <Dialog.Content aria-describedby={undefined} onCloseAutoFocus={leave} className={`${DIALOG} w-[min(560px,calc(100vw-32px))]`}>
          <Dialog.Title className="sr-only">{t('palette.title')}</Dialog.Title>
          <Cmdk label={t('palette.title')} filter={(value, query) => Number(findInText(value, query).length > 0)}>
            <Cmdk.Input placeholder={t('palette.placeholder')} className="h-11 w-full border-b border-line bg-transparent px-4 outline-none! placeholder:text-ink-2" />
            <Cmdk.List className="scrollbar-thin max-h-[50dvh] overflow-y-auto">
              <Cmdk.Empty className="p-4 text-ink-2">{t('palette.nothing')}</Cmdk.Empty>
              <Cmdk.Group heading={t('palette.do')} className={GROUP}>
                {KEYS.map(({ command, key }) => (
                  <Cmdk.Item key={command} value={t(`keys.command.${command}`)} onSelect={choose(() => run(command))} className={ITEM}>
                    <span className="min-w-0 flex-1">{t(`keys.command.${command}`)}</span>
                    <kbd className="font-mono text-label text-ink-2">{key === ' ' ? t('keys.space') : key.replace('Arrow', '')}</kbd>
                  </Cmdk.Item>
                ))}
              </Cmdk.Group>
              {places.length > 0 && (
                <Cmdk.Group heading={t('palette.go-to')} className={GROUP}>
                  {places.map(({ id, atMs, text }) => (
                    <Cmdk.Item key={id} value={`${formatPosition(atMs)} ${text} ${id}`} onSelect={choose(() => clock.seek(atMs))} className={ITEM}>
                      <span className="times w-12 shrink-0 text-meta text-ink-2">{formatPosition(atMs)}</span>
                      <span className="min-w-0 truncate">{text}</span>
                    </Cmdk.Item>
                  ))}
                </Cmdk.Group>
              )}
              <Cmdk.Group heading={t('palette.pages')} className={GROUP}>
                {PAGES.map(({ href, name }) => (
                  <Cmdk.Item key={href} value={t(`palette.page.${name}`)} onSelect={choose(() => router.push(href))} className={ITEM}>
                    {t(`palette.page.${name}`)}
                  </Cmdk.Item>
                ))}
              </Cmdk.Group>
            </Cmdk.List>
          </Cmdk>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
