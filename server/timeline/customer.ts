/** Whom the conversation was with, as far as the technician's actions tell: the person whose record they concern most. */
import type { ActionData } from '@/protocol/entries'
import type { CustomerView } from './view'

const CUSTOMER_TYPES = /^(customer|client|contact|subscriber|account|end[-_ ]?user|requester|user)$/i
const PHONE_FIELD = /phone|mobile|msisdn/i
const PHONE = /^\+?[\d\s().-]{6,20}$/

type Candidate = CustomerView & { actionCount: number }

export class CustomerGuess {
  /** By type and id, in order of appearance. */
  private readonly candidates = new Map<string, Candidate>()

  add({ object, changes }: ActionData): void {
    if (!CUSTOMER_TYPES.test(object.type)) return
    const key = `${object.type} ${object.id ?? object.name ?? ''}`
    const candidate = this.candidates.get(key) ?? { name: null, phone: null, actionCount: 0 }
    candidate.actionCount++
    candidate.name = object.name ?? candidate.name
    for (const { field, label, from, to } of changes) {
      if (PHONE_FIELD.test(field) || PHONE_FIELD.test(label ?? '')) candidate.phone = [to, from].find(isPhone) ?? candidate.phone
    }
    candidate.phone ??= [object.id, object.name].find(isPhone) ?? null
    this.candidates.set(key, candidate)
  }

  /** Of two whom as many actions concern, the one who came up first. */
  get best(): CustomerView {
    const [best] = [...this.candidates.values()].sort((a, b) => b.actionCount - a.actionCount)
    return { name: best?.name ?? null, phone: best?.phone ?? null }
  }
}

/** At least nine digits or a plus sign, so that a record's number is not taken for one. */
const isPhone = (text: string | null | undefined): text is string =>
  text !== null && text !== undefined && PHONE.test(text) && (text.startsWith('+') || text.replace(/\D/g, '').length >= 9)
