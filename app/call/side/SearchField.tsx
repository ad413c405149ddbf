/** Searches the words and deeds of the call: Enter goes to the next place, Shift and Enter to the one before, Escape ends it. */
'use client'

import { ChevronDown, ChevronUp, Search as SearchIcon } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { KeyboardEvent, RefObject } from 'react'
import type { Search } from '../use-search'

const STEP = 'grid size-6 place-items-center rounded-sm text-ink-2 hover:bg-sunken disabled:opacity-50'

type SearchFieldProps = Readonly<{ search: Search; field: RefObject<HTMLInputElement | null>; onLeave: () => void }>

export function SearchField({ search, field, onLeave }: SearchFieldProps) {
  const t = useTranslations('call.search')
  const { query, hits, current, setQuery, go } = search
  const isAsked = query.trim() !== ''
  const onKey = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter') go(event.shiftKey ? -1 : 1)
    else if (event.key === 'Escape') {
      setQuery('')
      onLeave()
    } else return
    event.preventDefault()
  }
  return (
    <search className="relative mx-4 my-3 flex h-[30px] shrink-0 items-center gap-1 rounded-md border border-line-2 bg-surface pr-1 pl-2.5 has-[input:focus-visible]:outline-2 has-[input:focus-visible]:outline-offset-2 has-[input:focus-visible]:outline-technician">
      <SearchIcon size={15} strokeWidth={1.75} className="shrink-0 text-ink-3" aria-hidden="true" />
      <input
        ref={field}
        type="text"
        inputMode="search"
        value={query}
        onChange={(event) => setQuery(event.target.value)}
        onKeyDown={onKey}
        aria-label={t('label')}
        placeholder={t('label')}
        className="min-w-0 flex-1 bg-transparent px-1 outline-none! placeholder:text-ink-2"
      />
      <span role="status" className="times shrink-0 px-1 text-meta text-ink-2">
        {isAsked && (current === null ? t('count', { count: hits.length }) : t('place', { place: current + 1, count: hits.length }))}
      </span>
      {isAsked ? (
        <>
          <button type="button" aria-label={t('previous')} disabled={hits.length === 0} onClick={() => go(-1)} className={STEP}>
            <ChevronUp size={15} aria-hidden="true" />
          </button>
          <button type="button" aria-label={t('next')} disabled={hits.length === 0} onClick={() => go(1)} className={STEP}>
            <ChevronDown size={15} aria-hidden="true" />
          </button>
        </>
      ) : (
        <kbd aria-hidden="true" className="mr-1 rounded-sm border border-line-2 px-1.5 font-mono text-label text-ink-2">
          /
        </kbd>
      )}
    </search>
  )
}
