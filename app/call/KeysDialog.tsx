/** Every key of the call page. */
'use client'

import { useTranslations } from 'next-intl'
import { PALETTE_KEY } from '../palette/PaletteHost'
import { KEYS } from '../player/keymap'
import { TitledDialog } from '../ui/TitledDialog'

const SYMBOLS: Readonly<Record<string, string>> = { ArrowLeft: '←', ArrowRight: '→' }
const KEY = 'min-w-6 rounded-sm border border-line-2 px-1.5 py-0.5 text-center font-mono text-label text-ink'

export default function KeysDialog({ onClose }: Readonly<{ onClose: () => void }>) {
  const t = useTranslations('call.keys')
  return (
    <TitledDialog title={t('title')} className="w-[min(440px,calc(100vw-32px))]" onClose={onClose}>
      <dl className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-y-1.5">
        {KEYS.map(({ command, key }) => (
          <Row key={command} name={t(`command.${command}`)} keys={key === ' ' ? t('space') : (SYMBOLS[key] ?? key)} />
        ))}
        <Row name={t('palette')} keys={t('with-command', { key: PALETTE_KEY.toUpperCase() })} />
      </dl>
    </TitledDialog>
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
