/** What the call page can do, and every place in the call that has a name, as groups of the palette. */
'use client'

import { Command as Cmdk } from 'cmdk'
import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { formatPosition } from '../format/duration'
import { GROUP, ITEM } from '../palette/look'
import type { ColumnItem } from '../player/column'
import { KEYS } from '../player/keymap'
import { describeInOneLine } from './action-text'
import { itemText } from './item-text'
import type { RunCommand } from './use-commands'

/** More do not help whoever reads; typing narrows all of them down. */
const MOST_PLACES = 500
const PLACES: ReadonlySet<ColumnItem['kind']> = new Set(['action', 'note', 'moment', 'missing'])

type CallCommandsProps = Readonly<{ column: readonly ColumnItem[]; run: RunCommand; /** `null` for whoever makes no clips. */ train: (() => void) | null; seek: (atMs: number) => void; choose: (act: () => void) => () => void }>

export default function CallCommands({ column, run, train, seek, choose }: CallCommandsProps) {
  const t = useTranslations('call')
  const places = useMemo(
    () => column.filter(({ kind }) => PLACES.has(kind)).slice(0, MOST_PLACES).map((item) => ({ id: item.id, atMs: item.atMs, text: item.kind === 'action' ? describeInOneLine(item.action, t) : itemText(item, t).replaceAll('\n', ' · ') })),
    [column, t],
  )
  return (
    <>
      <Cmdk.Group heading={t('palette.do')} className={GROUP}>
        {KEYS.map(({ command, key }) => (
          <Cmdk.Item key={command} value={t(`keys.command.${command}`)} onSelect={choose(() => run(command))} className={ITEM}>
            <span className="min-w-0 flex-1">{t(`keys.command.${command}`)}</span>
            <kbd className="font-mono text-label text-ink-2">{key === ' ' ? t('keys.space') : key.replace('Arrow', '')}</kbd>
          </Cmdk.Item>
        ))}
        {train && (
          <Cmdk.Item value={t('train.button')} onSelect={choose(train)} className={ITEM}>
            {t('train.button')}
          </Cmdk.Item>
        )}
      </Cmdk.Group>
      {places.length > 0 && (
        <Cmdk.Group heading={t('palette.go-to')} className={GROUP}>
          {places.map(({ id, atMs, text }) => (
            <Cmdk.Item key={id} value={`${formatPosition(atMs)} ${text} ${id}`} onSelect={choose(() => seek(atMs))} className={ITEM}>
              <span className="times w-12 shrink-0 text-meta text-ink-2">{formatPosition(atMs)}</span>
              <span className="min-w-0 truncate">{text}</span>
            </Cmdk.Item>
          ))}
        </Cmdk.Group>
      )}
    </>
  )
}
