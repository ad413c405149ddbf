/** What an entry of the audit trail says was done; a verb of a later version is shown as it is. */
import type { useTranslations } from 'next-intl'
import messages from '@/messages/en.json'
import type { AuditItem } from '@/server/access/audit-trail'

type KnownVerb = keyof typeof messages.audit.verb
type Sentence = keyof typeof messages.audit.sentence
type AuditText = ReturnType<typeof useTranslations<'audit'>>

export function describeAct({ verb, detail }: Pick<AuditItem, 'verb' | 'detail'>, t: AuditText): string {
  const sentence = `${verb}${isOfClip(verb, detail) ? '-clip' : givesList(verb, detail) ? '-team' : ''}`
  const [team, before] = [textOf(detail?.['team']), textOf(detail?.['teamBefore'])]
  const values = { clip: textOf(detail?.['clip']), list: textOf(detail?.['list']), team, before, hasTeam: String(team !== ''), hadTeam: String(before !== '') }
  if (isSentence(sentence)) return t(`sentence.${sentence}`, values)
  return isKnownVerb(verb) ? t(`verb.${verb}`) : verb
}

/** Of what was looked at or played, whether it was a clip alone. */
const isOfClip = (verb: string, detail: AuditItem['detail']): boolean => (verb === 'looked' || verb === 'listened') && detail?.['clip'] !== undefined

/** Whether a list was given to another team, or kept from one. */
const givesList = (verb: string, detail: AuditItem['detail']): boolean => verb === 'training-list-changed' && detail?.['team'] !== undefined

const isKnownVerb = (verb: string): verb is KnownVerb => Object.hasOwn(messages.audit.verb, verb)
const isSentence = (name: string): name is Sentence => Object.hasOwn(messages.audit.sentence, name)
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
