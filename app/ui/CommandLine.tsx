/** A command to type or a link to send, with a button that copies it. */
'use client'

import { Copy } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { say } from './say'

/** `copyLabel`: what the button is called, where the command itself says little. */
export function CommandLine({ command, copyLabel }: Readonly<{ command: string; copyLabel?: string }>) {
  const t = useTranslations('command')
  const copy = (): void => {
    navigator.clipboard.writeText(command).then(
      () => say(t('copied')),
      () => say(t('not-copied')),
    )
  }
  return (
    <div className="flex items-center gap-2 rounded-md border border-line-2 bg-surface py-1 pr-1 pl-3 text-left">
      <code className="min-w-0 flex-1 font-mono text-meta break-all text-ink">{command}</code>
      <button type="button" aria-label={copyLabel ?? t('copy', { command })} onClick={copy} className="grid size-7 shrink-0 place-items-center rounded-md text-ink-3 hover:bg-sunken hover:text-ink">
        <Copy size={14} aria-hidden="true" />
      </button>
    </div>
  )
}
