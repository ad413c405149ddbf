/** Vitest's global set-up: after the run, ends the shared cluster unless another run still uses it. */
import { startTestCluster } from './postgres'

export async function teardown(): Promise<void> {
  const cluster = await startTestCluster()
  await cluster.stop()
}
