/** What the panel shows of a call's actions: the latest few, and the record that the call seems to be about. */
import type { ActionData } from '@/protocol/entries'
import { MAX_RECENT_ACTIONS, type PanelRecord, type RecentAction } from './ports'

export type ActionMemory = { record: PanelRecord | null; recentActions: RecentAction[] }

export const EMPTY_MEMORY: ActionMemory = { record: null, recentActions: [] }

/** Page visits and window titles come by the dozen and say little; they are in the log and not on the panel. */
export function rememberAction(memory: ActionMemory, atMs: number, action: ActionData): ActionMemory {
  const isTold = action.verb === 'opened' || action.verb === 'changed' || action.verb === 'saved'
  return {
    record: recordOf(action) ?? memory.record,
    recentActions: isTold ? [{ atMs, action }, ...memory.recentActions].slice(0, MAX_RECENT_ACTIONS) : memory.recentActions,
  }
}

function recordOf({ source, object }: ActionData): PanelRecord | null {
  if (source === 'desktop' || object.type === 'page' || object.id === undefined) return null
  return { source, type: object.type, id: object.id, name: object.name ?? object.id, url: object.url ?? null }
}
