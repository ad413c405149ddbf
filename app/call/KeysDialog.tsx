/** Every key of the call page. */
'use client'

import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Dialog } from 'radix-ui'
import { PALETTE_KEY } from '../palette/PaletteHost'
import { KEYS } from '../player/keymap'
import { DIALOG, OVERLAY } from '../ui/dialog'

const SYMBOLS: Readonly<Record<string, string>> = { ArrowLeft: '←', ArrowRight: '→' }
const KEY = 'min-w-6 rounded-sm border border-line-2 px-1.5 py-0.5 text-center font-mono text-label text-ink'

export default function KeysDialog({ onClose }: Readonly<{ onClose: () => void }>) {
  const t = useTranslations('call.keys')
  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className={OVERLAY} />
        <Dialog.Content aria-describedby={undefined} className={`${DIALOG} w-[min(440px,calc(100vw-32px))] p-5`}>
          <div className="flex items-center justify-between gap-4">
            <Dialog.Title className="text-title">{t('title')}</Dialog.Title>
            <Dialog.Close aria-label={t('close')} className="grid size-7 place-items-center rounded-md text-ink-2 hover:bg-sunken hover:text-ink">
              <X size={16} strokeWidth={1.75} aria-hidden="true" />
            </Dialog.Close>
          </div>
          <dl className="mt-3 grid grid-cols-[minmax(0,1fr)_auto] items-center gap-y-1.5">
            {KEYS.map(({ command, key }) => (
              <Row key={command} name={t(`command.${command}`)} keys={key === ' ' ? t('space') : (SYMBOLS[key] ?? key)} />
            ))}
            <Row name={t('palette')} keys={t('with-command', { key: PALETTE_KEY.toUpperCase() })} />
          </dl>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

const Row = ({ name, keys }: Readonly<{ name: string; keys: string }>) => (
  <>
    <dt>{name}</dt>
    <dd className="justify-self-end">
      <kbd className={KEY}>{keys}</kbd>
    </dd>
  </>
)
