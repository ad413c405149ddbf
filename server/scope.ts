/** What has been started and must be stopped, in the opposite order. */
import type { Log } from './log'

type Stop = () => unknown

export class Scope {
  readonly #stops: { name: string; stop: Stop }[] = []
  #ending: Promise<void> | null = null

  constructor(private readonly log: Log) {}

  add(name: string, stop: Stop): void {
    this.#stops.push({ name, stop })
  }

  /** One that fails to stop does not keep the others. Calling it again waits for the first. */
  end(): Promise<void> {
    return (this.#ending ??= this.#endAll())
  }

  async #endAll(): Promise<void> {
    for (const { name, stop } of this.#stops.reverse()) {
      try {
        await stop()
      } catch (error) {
        this.log.error(`${name} did not stop as it should`, error)
      }
    }
  }
}
