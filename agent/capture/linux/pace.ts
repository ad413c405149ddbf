/**
 * How often the captures look for sound that has come. Each look wakes the agent, so it is now and then while nobody waits
 * for the sound, and as often as the most impatient of those who do wants it.
 */

/** Nothing the agent does by itself needs sound sooner. */
const UNHURRIED_MS = 100

export class Pace {
  private readonly looks = new Set<() => void>()
  private readonly wishes = new Set<{ everyMs: number }>()
  private timer: NodeJS.Timeout | undefined

  /** Looks again and again until the answer is called. */
  onLook(look: () => void): () => void {
    this.looks.add(look)
    this.restart()
    return () => {
      this.looks.delete(look)
      this.restart()
    }
  }

  /** Looks at least so often until the answer is called. */
  hurry(everyMs: number): () => void {
    const wish = { everyMs }
    this.wishes.add(wish)
    this.restart()
    return () => {
      this.wishes.delete(wish)
      this.restart()
    }
  }

  private restart(): void {
    clearInterval(this.timer)
    if (this.looks.size === 0) return
    this.timer = setInterval(() => this.looks.forEach((look) => look()), Math.min(UNHURRIED_MS, ...[...this.wishes].map(({ everyMs }) => everyMs)))
  }
}
