/** Vitest's global set-up: after the run, ends the cluster that its test files shared. */
export { stopTestCluster as teardown } from './postgres'
