/** What is particular to one CRM's pages. An adapter reads the page and changes nothing. */
export type PageRecord = { type: string; id: string; name?: string }
export type FieldName = { field: string; label?: string }

export interface PageAdapter {
  isFor(document: Document): boolean
  /** The CRM's name as people know it. */
  source(document: Document): string
  /** The record that the page is about, or null when it is about none or several. */
  findRecord(document: Document): PageRecord | null
  nameField(control: Element): FieldName
  isSaveButton(button: Element): boolean
}
