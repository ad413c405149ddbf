/** Search in what was said and done; `/` leads here from anywhere on the page, Escape and the arrow down back to the list. */
'use client'

import { Search } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { MAX_QUERY_LENGTH } from '@/protocol/call-filter'

/** Long enough for the next letter, short enough not to be noticed. */
const TYPING_PAUSE_MS = 120
const FIELDS = 'input, textarea, select, [contenteditable], [role="menu"], [role="dialog"]'

type SearchFieldProps = Readonly<{ text: string; onSearch: (text: string) => void; onLeave: () => void }>

export function SearchField({ text, onSearch, onLeave }: SearchFieldProps) {
  const t = useTranslations('calls.search')
  const field = useRef<HTMLInputElement>(null)
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(pause.current), [])
  useEffect(() => {
    // Whoever types is ahead of the address.
    if (field.current && field.current !== document.activeElement) field.current.value = text
  }, [text])
  useEffect(() => onSlash(() => field.current?.select()), [])

  const search = (afterMs: number): void => {
    clearTimeout(pause.current)
    pause.current = setTimeout(() => onSearch(field.current?.value.trim() ?? ''), afterMs)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === 'Escape') event.currentTarget.value = ''
    if (event.key === 'Escape' || event.key === 'Enter') search(0)
    if (event.key === 'Escape' || event.key === 'ArrowDown') {
      event.preventDefault()
      onLeave()
    }
  }
  return (
    <div role="search" className="relative min-w-40 flex-1 md:w-90 md:flex-none">
      <Search size={16} strokeWidth={1.75} aria-hidden="true" className="pointer-events-none absolute top-1.75 left-2.5 text-ink-3" />
      <input
        ref={field}
        type="text"
        enterKeyHint="search"
        aria-label={t('label')}
        aria-keyshortcuts="/"
        placeholder={t('hint')}
        maxLength={MAX_QUERY_LENGTH}
        defaultValue={text}
        onChange={() => search(TYPING_PAUSE_MS)}
        onKeyDown={onKeyDown}
        className="h-[30px] w-full rounded-md border border-line-2 bg-surface pr-8 pl-8 text-body placeholder:text-ink-3"
      />
      <kbd aria-hidden="true" className="pointer-events-none absolute top-1.5 right-2 rounded-sm border border-line-2 px-1.5 font-mono text-label text-ink-3 max-md:hidden">
        /
      </kbd>
    </div>
  )
}

function onSlash(go: () => void): () => void {
  const onKey = (event: globalThis.KeyboardEvent): void => {
    const isTyping = event.target instanceof Element && event.target.closest(FIELDS) !== null
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isTyping) return
    event.preventDefault()
    go()
  }
  window.addEventListener('keydown', onKey)
  return () => window.removeEventListener('keydown', onKey)
}
