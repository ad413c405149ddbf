/** What the parts of a call's page need of a clip, which is a little call of its own. Pure. */
import type { ClipView } from '@/server/training/view'
import type { ColumnCall } from '../call/side/column-call'
import { type ColumnItem, makeColumn } from '../player/column'
import { type CoverageRange, mergeCoverage } from '../player/coverage'

type Names = Readonly<{ technician: string; customer: string }>

/** Whoever may not see the call is told what they are, not who. */
export function voicesOfClip({ call }: ClipView, names: Names): ColumnCall {
  const { technician, customer } = call ?? { technician: { id: '', name: names.technician }, customer: { name: names.customer, phone: null } }
  return { technician, customer, clock: null }
}

/** `technician`: what to call whoever paused, where his name is not told. */
export const coverageOfClip = ({ completeness }: ClipView, technician: string): CoverageRange[] =>
  mergeCoverage(completeness).map((range) => (range.state === 'paused' && range.by === '' ? { ...range, by: technician } : range))

export const columnOfClip = ({ utterances, actions }: ClipView, coverage: readonly CoverageRange[]): ColumnItem[] =>
  makeColumn({ utterances, actions, notes: [], moments: [], consents: [], holds: [], presences: [], coach: null, unknown: [], hangUpAtMs: null }, coverage)
