/** What the rows of the column need of their call, whether it is over or still runs. */
'use client'

import { createContext, useContext } from 'react'
import type { CallView } from '@/server/timeline/view'

/** `clock`: `null` where the time of day is not told. */
export type ColumnCall = Pick<CallView, 'technician' | 'customer'> & Readonly<{ clock: CallView['clock'] | null }>
export const ColumnCallContext = createContext<ColumnCall | null>(null)

export function useColumnCall(): ColumnCall {
  const call = useContext(ColumnCallContext)
  if (!call) throw new Error('useColumnCall was called outside of ColumnCallContext; the page that shows the column provides it')
  return call
}
