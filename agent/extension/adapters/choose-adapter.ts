/** Which adapter a page gets. */
import type { PageAdapter } from './adapter'
import { genericAdapter } from './generic'
import { sandboxAdapter } from './sandbox'

const ADAPTERS: readonly PageAdapter[] = [sandboxAdapter, genericAdapter]

export const chooseAdapter = (document: Document): PageAdapter => ADAPTERS.find((adapter) => adapter.isFor(document)) ?? genericAdapter
