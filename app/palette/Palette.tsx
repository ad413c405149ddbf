/** Everything by typing a part of its name: what this page can do, then calls, pages, the theme and the way out. */
'use client'

import { Command as Cmdk } from 'cmdk'
import { useTranslations } from 'next-intl'
import { Dialog } from 'radix-ui'
import { Suspense, useRef, useState } from 'react'
import { findInText } from '../player/search'
import type { Place } from '../shell/places'
import { DIALOG, OVERLAY } from '../ui/dialog'
import { useOpener } from '../ui/use-opener'
import { AnywhereCommands } from './AnywhereCommands'
import { FoundCalls } from './FoundCalls'
import type { PageCommands } from './palette-context'
import { useFoundCalls } from './use-found-calls'

type PaletteProps = Readonly<{ places: readonly Place[]; pageCommands: PageCommands | null; onClose: () => void }>

export default function Palette({ places, pageCommands, onClose }: PaletteProps) {
  const t = useTranslations('palette')
  const [query, setQuery] = useState('')
  const found = useFoundCalls(query)
  const isChosen = useRef(false)
  const giveBack = useOpener()
  /** What is chosen may open something of its own, and take the focus, once this is out of its way. */
  const choose = (act: () => void) => (): void => {
    isChosen.current = true
    onClose()
    requestAnimationFrame(act)
  }
  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className={OVERLAY} />
        <Dialog.Content aria-describedby={undefined} onCloseAutoFocus={() => isChosen.current || giveBack()} className={`${DIALOG} top-[14dvh]! w-[min(560px,calc(100vw-32px))] translate-y-0!`}>
          <Dialog.Title className="sr-only">{t('title')}</Dialog.Title>
          <Cmdk label={t('title')} filter={(value, typed) => Number(findInText(value, typed).length > 0)}>
            <Cmdk.Input value={query} onValueChange={setQuery} placeholder={t('placeholder')} className="h-11 w-full border-b border-line bg-transparent px-4 outline-none! placeholder:text-ink-2" />
            <Cmdk.List className="scrollbar-thin max-h-[50dvh] overflow-y-auto">
              {found.length === 0 && <Cmdk.Empty className="p-4 text-ink-2">{t('nothing')}</Cmdk.Empty>}
              <Suspense>{pageCommands?.(choose)}</Suspense>
              <FoundCalls calls={found} choose={choose} />
              <AnywhereCommands places={places} choose={choose} />
            </Cmdk.List>
          </Cmdk>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
