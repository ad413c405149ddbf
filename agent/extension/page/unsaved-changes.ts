/** What was changed on each object since it was last saved, one change a field: the first value and the latest. */
import type { FieldChange } from '@/protocol/entries'
import type { PlaceObject } from './place-watch'

export class UnsavedChanges {
  private readonly byObject = new Map<string, Map<string, FieldChange>>()

  add(object: PlaceObject, change: FieldChange): void {
    const fields = this.byObject.get(keyOf(object)) ?? new Map<string, FieldChange>()
    const from = fields.get(change.field)?.from ?? change.from
    fields.set(change.field, { ...change, from })
    this.byObject.set(keyOf(object), fields)
  }

  /** Fields that were changed back are not among them. */
  take(object: PlaceObject): FieldChange[] {
    const fields = this.byObject.get(keyOf(object))
    this.byObject.delete(keyOf(object))
    return Array.from(fields?.values() ?? []).filter(({ from, to }) => from !== to)
  }
}

const keyOf = ({ type, id, url }: PlaceObject): string => JSON.stringify(id === undefined ? [type, url] : [type, id])
