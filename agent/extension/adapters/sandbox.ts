/** A page that says itself what it shows: our sandbox CRM, and any CRM whose owner adds the attributes. */
import type { PageAdapter } from './adapter'
import { genericAdapter } from './generic'

/** `type:id`, such as `customer:C-20418`, on the element that holds the record; its name in the second attribute. */
const RECORD = 'data-callwitness-record'
const RECORD_NAME = 'data-callwitness-name'
const FIELD = 'data-callwitness-field'
const SAVE = 'data-callwitness-save'

export const sandboxAdapter: PageAdapter = {
  ...genericAdapter,
  isFor: (document) => document.querySelector('meta[name="callwitness"][content="attributes"]') !== null,
  findRecord(document) {
    const holder = document.querySelector(`[${RECORD}]`)
    const [type, ...id] = holder?.getAttribute(RECORD)?.split(':') ?? []
    const name = holder?.getAttribute(RECORD_NAME)
    return type && id.length ? { type, id: id.join(':'), ...(name && { name }) } : null
  },
  nameField(control) {
    const field = control.getAttribute(FIELD)
    return { ...genericAdapter.nameField(control), ...(field && { field }) }
  },
  isSaveButton: (button) => button.hasAttribute(SAVE) || genericAdapter.isSaveButton(button),
}
