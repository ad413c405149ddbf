/** Leans greedy decoding towards given terms: a trie over their tokens, each further token of a term lifted a little more. */
import { tokensOfTerm } from './tokens'

/** In logits. Measured: 1 finds a fifth more of the terms for 0.7 points of error elsewhere; from 3 on it invents them. */
const STRENGTH = 1

type Branch = { depth: number; next: Map<number, Branch> }

export class VocabularyBias {
  private readonly root: Branch = { depth: 0, next: new Map() }
  private active: Branch[] = [this.root]

  constructor(terms: readonly string[]) {
    for (const term of terms) {
      let branch = this.root
      for (const token of tokensOfTerm(term)) {
        const next: Branch = branch.next.get(token) ?? { depth: branch.depth + 1, next: new Map() }
        branch.next.set(token, next)
        branch = next
      }
    }
  }

  /** The token to take, given the one that the model alone likes best. */
  pick(logits: Float32Array, best: number): number {
    const lifts = new Map<number, number>()
    for (const branch of this.active) {
      for (const [token, { depth }] of branch.next) lifts.set(token, Math.max(lifts.get(token) ?? 0, STRENGTH * (1 + Math.log(depth))))
    }
    const score = (token: number): number => logits[token]! + (lifts.get(token) ?? 0)
    let choice = best
    for (const token of lifts.keys()) if (score(token) > score(choice)) choice = token
    return choice
  }

  advance(token: number): void {
    const further = this.active.flatMap((branch) => branch.next.get(token) ?? [])
    this.active = [this.root, ...further]
  }
}
