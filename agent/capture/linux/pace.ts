/**
 * How often the captures look for sound that has come. Each look wakes the agent, so it is now and then while nobody waits
 * for the sound, and as often as the most impatient of those who do wants it.
 *
 * Raw sound is looked for first, since looking sends it to its encoder; what encoders have made is looked for a little later,
 * so that it need not wait for the next time, and that all of it comes at once.
 */

/** Nothing the agent does by itself needs sound sooner. */
const UNHURRIED_MS = 100
/** An encoder needs less than this for what comes between two looks. */
const ENCODED_AFTER_MS = 5

export type Stage = 'raw' | 'encoded'

export class Pace {
  private readonly looks: Readonly<Record<Stage, Set<() => void>>> = { raw: new Set(), encoded: new Set() }
  private readonly wishes = new Set<{ everyMs: number }>()
  private timer: NodeJS.Timeout | undefined

  /** Looks again and again until the answer is called. */
  onLook(stage: Stage, look: () => void): () => void {
    this.looks[stage].add(look)
    this.restart()
    return () => {
      this.looks[stage].delete(look)
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
    const { raw, encoded } = this.looks
    if (raw.size + encoded.size === 0) return
    this.timer = setInterval(() => {
      for (const look of raw) look()
      const lookAtEncoded = (): void => encoded.forEach((look) => look())
      if (raw.size > 0) setTimeout(lookAtEncoded, ENCODED_AFTER_MS)
      else lookAtEncoded()
    }, Math.min(UNHURRIED_MS, ...[...this.wishes].map(({ everyMs }) => everyMs)))
  }
}
