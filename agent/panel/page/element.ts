/** Makes an element with attributes and children; text is always text, never markup. */
export function element<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Record<string, string> = {}, ...children: (Node | string)[]): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
  made.append(...children)
  return made
}

/** An element that stands in index.html. */
export function getById(id: string): HTMLElement {
  const found = document.getElementById(id)
  if (!found) throw new Error(`expected #${id} in index.html`)
  return found
}
