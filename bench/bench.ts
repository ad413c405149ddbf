/** What a benchmark is: it measures against a budget and says what it was compared to. `run.ts` prints them all. */

export type Figure = {
  what: string
  /** With its unit. */
  measured: string
  budget: string
  /** What the same machine did in the same run by other means, so that the figure means something elsewhere. */
  comparedTo: string
  isWithinBudget: boolean
}

export interface Bench {
  /** As in `npm run bench -- <name>`. */
  readonly name: string
  /** `tellMachine`: figures that are printed as JSON behind the others. */
  measure(say: (progress: string) => void, tellMachine: (figures: object) => void): Promise<Figure[]>
}
