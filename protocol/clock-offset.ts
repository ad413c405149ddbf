/**
 * How far another computer's clock is from one's own, out of questions and answers (Cristian's algorithm): the answer was
 * read somewhere between asking and hearing, so the quickest of the latest exchanges says it best.
 */

const KEPT_EXCHANGES = 8

type Exchange = { offsetMs: number; roundTripMs: number }

export class ClockOffset {
  private exchanges: Exchange[] = []

  /** Own clock at asking and at hearing, the other's clock in between. */
  add(askedMs: number, otherMs: number, heardMs: number): void {
    this.exchanges = [...this.exchanges, { offsetMs: otherMs - (askedMs + heardMs) / 2, roundTripMs: heardMs - askedMs }].slice(-KEPT_EXCHANGES)
  }

  /** To be added to one's own clock; 0 while nothing is known. */
  get offsetMs(): number {
    return this.best?.offsetMs ?? 0
  }

  /** The offset is right to this; infinite while nothing is known. */
  get errorMs(): number {
    return this.best ? this.best.roundTripMs / 2 : Infinity
  }

  private get best(): Exchange | undefined {
    return this.exchanges.toSorted((a, b) => a.roundTripMs - b.roundTripMs)[0]
  }
}
