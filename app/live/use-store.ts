/** A store of the live client as a component reads it. */
'use client'

import { useSyncExternalStore } from 'react'
import type { Store } from '../live-client/store'

export const useStore = <Value,>(store: Store<Value>): Value => useSyncExternalStore(store.subscribe, store.get, store.get)
