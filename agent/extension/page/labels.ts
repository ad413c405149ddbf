/** The words by which a person knows a control. */
const MAX_LABEL_LENGTH = 120

/** From `aria-labelledby`, `aria-label`, `<label>`, placeholder or title, in the order in which a screen reader takes them. */
export function labelOf(control: Element): string {
  const labels = 'labels' in control && control.labels instanceof NodeList ? Array.from(control.labels as NodeListOf<HTMLLabelElement>) : []
  return (
    textsById(control, control.getAttribute('aria-labelledby')) ||
    clean(control.getAttribute('aria-label')) ||
    clean(labels.map(textWithoutControls).join(' ')) ||
    clean(control.getAttribute('placeholder')) ||
    clean(control.getAttribute('title'))
  )
}

/** Labels of the groups around a control: a fieldset's legend, a labelled group. */
export function groupLabelsOf(control: Element): string[] {
  const labels: string[] = []
  for (let group = control.closest('fieldset, [role="group"], [role="radiogroup"]'); group; group = group.parentElement?.closest('fieldset, [role="group"], [role="radiogroup"]') ?? null) {
    const legend = group.querySelector(':scope > legend')
    labels.push(legend ? textOf(legend) : labelOf(group))
  }
  return labels.filter(Boolean)
}

export const textOf = (element: Element): string => clean(element.textContent)

/** A label may wrap its control, whose options or text are no part of the name. */
function textWithoutControls(label: Element): string {
  const copy = label.cloneNode(true) as Element // the clone of an element is an element
  for (const control of copy.querySelectorAll('input, select, textarea, [contenteditable], [aria-hidden="true"]')) control.remove()
  return copy.textContent ?? ''
}

function textsById(control: Element, ids: string | null): string {
  const root = control.getRootNode()
  if (!ids || !(root instanceof Document || root instanceof ShadowRoot)) return ''
  return clean(ids.split(/\s+/).map((id) => root.getElementById(id)?.textContent ?? '').join(' '))
}

const clean = (text: string | null | undefined): string => (text ?? '').replace(/\s+/g, ' ').replace(/\s*[:*]\s*$/, '').trim().slice(0, MAX_LABEL_LENGTH)
