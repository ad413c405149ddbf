import { setTimeout as sleep } from 'node:timers/promises'

/** Resolves when it is so; rejects when it is not so in time. */
export async function waitUntil(isSo: () => boolean | Promise<boolean>, limitMs = 15_000): Promise<void> {
  const untilMs = performance.now() + limitMs
  while (!(await isSo())) {
    if (performance.now() > untilMs) throw new Error(`it was not so within ${limitMs} ms: ${String(isSo)}`)
    await sleep(20)
  }
}
