/** Actions in words: a title, the changed values, the object. Pure. */
import type { FieldChange } from '@/protocol/entries'
import type { ActionView } from '@/server/timeline/view'
import { isolate } from '../format/isolate'
import type { CallText } from './call-text'

/** Longer values are a text that somebody wrote, shown in quotation marks. */
const SHORT_VALUE = 24
const TICKET_TYPES = new Set(['ticket', 'case'])

export type ChangeText = Readonly<{ label: string; from: string | null; to: string; isProse: boolean }>

export function describeChange(change: FieldChange, t: CallText): ChangeText {
  const label = change.label ?? change.field
  const isProse = (change.to?.length ?? 0) > SHORT_VALUE
  return { label, from: change.from === null || (isProse && change.from === '') ? null : change.from || t('action.empty'), to: change.to || t('action.empty'), isProse }
}

/** One line that says what was done, and to what: `Opened customer Rina Hartono`. */
export function describeAction(action: ActionView, t: CallText): string {
  return t(`action.${action.verb}`, { object: nameObject(action) })
}

/** What an action's card says beside the changed values: the whole sentence, or of what they are the values. */
export const describeSubject = (action: ActionView, t: CallText): string => (isSentence(action) ? describeAction(action, t) : describeObject(action))

/** A save lists again what was changed before it, so it must say that it is one. */
export const isSentence = ({ verb, changes }: ActionView): boolean => verb === 'saved' || changes.length === 0

/** In a line of its own: `Roaming off → on · Line +62 812 5550 184`, `Opened customer Rina Hartono`. */
export const describeInOneLine = (action: ActionView, t: CallText): string => (isSentence(action) ? describeAction(action, t) : `${actionLabel(action, t)} · ${describeObject(action)}`)

/** By itself: `Line +62 812 5550 184`, `Ticket #48213`. */
export function describeObject(action: ActionView): string {
  const name = nameObject(action)
  return name.charAt(0).toLocaleUpperCase() + name.slice(1)
}

/** In a sentence. */
function nameObject({ object, source }: ActionView): string {
  const name = object.name ?? (object.id && `#${object.id}`) ?? object.url
  return name ? `${object.type} ${isolate(name)}` : `${object.type} · ${source}`
}

/** What fits into a chip of the lane. */
export function actionLabel(action: ActionView, t: CallText): string {
  const { verb, changes } = action
  if (changes.length === 0) return verb === 'opened' || verb === 'focused' ? isolate(shortName(action)) : t(`action.short.${verb}`)
  const text = changes.map((change) => changeLabel(change, t)).join(', ')
  return verb === 'saved' ? t('action.short.saved-changes', { changes: text }) : text
}

function changeLabel(change: FieldChange, t: CallText): string {
  const text = describeChange(change, t)
  const label = isolate(text.label)
  if (text.isProse) return label
  const [from, to] = [text.from && isolate(text.from), isolate(text.to)]
  return from === null ? `${label} → ${to}` : `${label} ${from} → ${to}`
}

const shortName = ({ object }: ActionView): string =>
  TICKET_TYPES.has(object.type.toLowerCase()) && object.id ? `#${object.id}` : (object.name ?? object.id ?? object.type)

/** The ticket that was open last; the agent's view of it, not yet a confirmed link. */
export function findTicket(actions: readonly ActionView[]): { label: string; url: string | null } | null {
  const action = actions.findLast(({ object }) => TICKET_TYPES.has(object.type.toLowerCase()) && object.id !== undefined)
  return action ? { label: `${action.source} #${action.object.id}`, url: safeUrl(action.object.url) } : null
}

/** A page's own address comes from outside; only the web's schemes are ever linked to. */
function safeUrl(url: string | undefined): string | null {
  return url && /^https?:\/\//i.test(url) ? url : null
}
