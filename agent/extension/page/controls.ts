/** Controls that hold a value: which element of an event it is, and what it says. */
const WITHOUT_VALUE = new Set(['hidden', 'file', 'button', 'submit', 'reset', 'image', 'search'])
const EDITABLE = '[contenteditable]:not([contenteditable="false"])'
/** Longer texts are cut; the log is no archive of documents. */
const MAX_VALUE_LENGTH = 8_000

export type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement | HTMLElement

/** Sees through open shadow roots. For a radio button it is the first of its group, which stands for all. */
export function findControl(event: Event): Control | null {
  const target = event.composedPath()[0]
  if (!(target instanceof HTMLElement)) return null
  if (target instanceof HTMLInputElement) return WITHOUT_VALUE.has(target.type) || isSearch(target) ? null : (radiosLike(target)[0] ?? target)
  if (target instanceof HTMLSelectElement || target instanceof HTMLTextAreaElement) return target
  return outermostEditable(target)
}

export function readValue(control: Control): string {
  return cut(control instanceof HTMLInputElement ? inputValue(control) : control instanceof HTMLSelectElement ? selectValue(control) : textValue(control))
}

/** What stood there before the first focus, as far as the page's own HTML tells; null when it does not. */
export function defaultValue(control: Control): string | null {
  if (control instanceof HTMLInputElement) {
    if (control.type === 'checkbox') return control.defaultChecked ? 'on' : 'off'
    const radio = radiosLike(control).find((one) => one.defaultChecked)
    return control.type === 'radio' ? (radio ? radioValue(radio) : '') : control.defaultValue
  }
  if (control instanceof HTMLTextAreaElement) return control.defaultValue
  return null
}

/** Takes its value at once and does not wait to be left. */
export const isInstant = (control: Control): boolean =>
  control instanceof HTMLSelectElement || (control instanceof HTMLInputElement && (control.type === 'checkbox' || control.type === 'radio'))

function inputValue(input: HTMLInputElement): string {
  if (input.type === 'checkbox') return input.checked ? 'on' : 'off'
  if (input.type !== 'radio') return input.value
  const chosen = radiosLike(input).find((radio) => radio.checked)
  return chosen ? radioValue(chosen) : ''
}

const selectValue = (select: HTMLSelectElement): string =>
  Array.from(select.selectedOptions, (option) => option.label.trim()).join(', ')

const textValue = (control: HTMLElement): string => (control instanceof HTMLTextAreaElement ? control.value : control.innerText.trim())

const radioValue = (radio: HTMLInputElement): string => radio.labels?.[0]?.textContent?.trim() || radio.value

/** The radio buttons of one group; empty for everything else. */
function radiosLike(input: HTMLInputElement): HTMLInputElement[] {
  if (input.type !== 'radio') return []
  const root = input.form ?? input.getRootNode()
  if (!input.name || !(root instanceof Element || root instanceof Document || root instanceof ShadowRoot)) return [input]
  return Array.from(root.querySelectorAll<HTMLInputElement>(`input[type="radio"][name="${CSS.escape(input.name)}"]`))
}

const isSearch = (input: HTMLInputElement): boolean => input.role === 'searchbox' || input.closest('[role="search"], search') !== null

function outermostEditable(element: HTMLElement): HTMLElement | null {
  let editable = element.closest<HTMLElement>(EDITABLE)
  while (editable?.parentElement?.closest<HTMLElement>(EDITABLE)) editable = editable.parentElement.closest<HTMLElement>(EDITABLE)
  return editable
}

const cut = (text: string): string => (text.length <= MAX_VALUE_LENGTH ? text : `${text.slice(0, MAX_VALUE_LENGTH)}… (${text.length - MAX_VALUE_LENGTH} more characters)`)
