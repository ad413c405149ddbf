/** What is being searched for in the call, for the rows that mark it. */
'use client'

import { createContext, useContext } from 'react'

/** `itemId`: the row with the hit that one is at. */
export type SearchMark = Readonly<{ query: string; itemId: string | null }>
export const SearchContext = createContext<SearchMark>({ query: '', itemId: null })
export const useSearchMark = (): SearchMark => useContext(SearchContext)
