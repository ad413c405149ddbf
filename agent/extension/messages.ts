/** What a page's script and the service worker say to each other, inside the browser. */
import type { ActionData } from '@/protocol/entries'

/** Page to worker; sent again until the worker has answered that it holds it. The id makes the repeat harmless. */
export type PageMessage = { kind: 'action'; id: string; wallMs: number; action: ActionData }
/** Worker to page: a call has begun, so say which record is in front. */
export type WorkerMessage = { kind: 'announce' }
