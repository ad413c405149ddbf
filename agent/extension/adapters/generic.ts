/** Any CRM that no other adapter knows: goes by addresses, headings, labels and the words on buttons. */
import { labelOf, textOf } from '../page/labels'
import type { PageAdapter, PageRecord } from './adapter'

/** `/tickets/48213`, `#/customer/C-204`, `/lightning/r/Case/500Ab00000xyz/view`. The id must hold a digit, so that `/tickets/new` is none. */
const RECORD_IN_PATH =
  /(?:^|[/#])(ticket|case|customer|contact|account|user|client|order|issue|lead|opportunit|subscriber|conversation|incident|request)(?:y|ies|s)?\/((?=[\w.-]*\d)[\w.-]{1,64})(?=$|[/?#])/i
const SAVE_WORDS = /^\s*(save|submit|update|apply|confirm|simpan|kirim|perbarui|speichern|guardar|enregistrer|salvar)\b/i

export const genericAdapter: PageAdapter = {
  isFor: () => true,
  source: (document) => document.querySelector<HTMLMetaElement>('meta[name="application-name"]')?.content.trim() || document.location.hostname,
  findRecord: (document) => findRecordInAddress(document.location.pathname + document.location.hash, headingOf(document)),
  nameField(control) {
    const label = labelOf(control)
    const field = control.getAttribute('name') || control.id || label || control.localName
    return { field, ...(label && { label }) }
  },
  isSaveButton: (button) => SAVE_WORDS.test(labelOf(button) || textOf(button)),
}

export function findRecordInAddress(address: string, name: string | undefined): PageRecord | null {
  const match = RECORD_IN_PATH.exec(address)
  if (!match?.[1] || !match[2]) return null
  const type = match[1].toLowerCase() === 'opportunit' ? 'opportunity' : match[1].toLowerCase()
  return { type, id: match[2], ...(name && { name }) }
}

const headingOf = (document: Document): string | undefined => {
  const heading = document.querySelector('h1')
  return (heading && textOf(heading)) || document.title.trim() || undefined
}
