/** Of measurements, the one below which a share of them lies. */
export const quantile = (values: readonly number[], share: number): number => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(share * values.length))]!
export const median = (values: readonly number[]): number => quantile(values, 0.5)
