/** Who is with a running call, as its agent was told. */
import { isPresent, type Present } from './audience'

export class Attendance {
  private told: Present[] = []
  private announced = 0

  constructor(private readonly tell: (one: Present, state: 'joined' | 'left') => void) {}

  get isEmpty(): boolean {
    return this.told.length === 0
  }

  /** He comes, and is counted soon. */
  announce(guest: Present): void {
    this.announced += 1
    if (isPresent(this.told, guest)) return
    this.tell(guest, 'joined')
    this.told = [...this.told, guest]
  }

  /** `null` when somebody was announced while they were counted: he may not be among them. */
  async count(find: () => Promise<Present[]>): Promise<Present[] | null> {
    const { announced } = this
    const present = await find()
    return announced === this.announced ? present : null
  }

  /** Who comes in another role is told before he leaves the one he had: he has not gone. */
  tellChanges(present: Present[]): void {
    for (const one of present) if (!isPresent(this.told, one)) this.tell(one, 'joined')
    for (const one of this.told) if (!isPresent(present, one)) this.tell(one, 'left')
    this.told = present
  }

  /** An agent that has come back may have been started anew and know of nobody. */
  tellAgain(): void {
    for (const one of this.told) this.tell(one, 'joined')
  }
}
