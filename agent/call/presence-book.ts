/** Who is with a running call: each coming and going is written once, however often it is told. */
import type { Invited, Person } from '@/protocol/entries'
import type { PresenceData } from '@/protocol/presence'

type Role = PresenceData['as']
export type Present = Omit<PresenceData, 'state'>

type Kept = Present & { isShown: boolean }

export class PresenceBook {
  private readonly present = new Map<string, Kept>()

  /** `before`: who was present when an earlier agent died; whether the technician may see them is not known any more. */
  constructor(
    before: Iterable<Present>,
    private readonly write: (data: PresenceData) => void,
  ) {
    for (const { person, as, invited } of before) this.present.set(keyOf(person, as), { person, as, invited, isShown: false })
  }

  /** Whom the technician may see. */
  get shown(): Present[] {
    return [...this.present.values()].filter(({ isShown }) => isShown).map(({ isShown: _, ...present }) => present)
  }

  join(person: Person, as: Role, isShown: boolean, invited?: Invited): void {
    const key = keyOf(person, as)
    const isNew = !this.present.has(key)
    this.present.set(key, { person, as, invited, isShown })
    if (isNew) this.write({ person, as, state: 'joined', invited })
  }

  /** Who was there for nothing but to coach beside this has gone too. */
  leave(person: Person, as: Role): void {
    this.remove(keyOf(person, as))
    const others = [...this.present.values()].filter((other) => other.person.id === person.id)
    if (others.every((other) => other.as === 'coach')) this.remove(keyOf(person, 'coach'))
  }

  /** The call is closed. */
  leaveAll(): void {
    for (const key of [...this.present.keys()]) this.remove(key)
  }

  private remove(key: string): void {
    const kept = this.present.get(key)
    if (!kept) return
    this.present.delete(key)
    this.write({ person: kept.person, as: kept.as, state: 'left', invited: kept.invited })
  }
}

const keyOf = ({ id }: Person, as: Role): string => `${as} ${id}`
