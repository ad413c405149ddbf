/** How much a call takes on disk: the demo's call, recorded by the real agent, at the rate of an hour. */
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { recordSampleCall } from '../demo/record-sample-call'
import { LOG_FILE } from '@/protocol/entries'
import { trackFile } from '@/protocol/tracks'
import { consoleLog } from '@/server/log'
import { Scope } from '@/server/scope'
import { checkLog } from '@/verify/check-log'
import { openDiskFolder } from '@/verify/disk-folder'
import type { Bench } from './bench'

const BUDGET_MB_PER_HOUR = 40
const HOUR_MS = 60 * 60 * 1_000
/** Two voices at 16 bit and 48 kHz. */
const PCM_BYTES_PER_SECOND = 2 * 2 * 48_000
const FILES = [LOG_FILE, trackFile('technician'), trackFile('customer'), trackFile('screen')]

export const storageBench: Bench = {
  name: 'storage',
  async measure(say) {
    const folder = await mkdtemp(join(tmpdir(), 'callwitness-bench-storage-'))
    const scope = new Scope(consoleLog)
    try {
      const call = await recordSampleCall({ folder, port: 0, withReferences: false, scope, say })
      const { completeness } = await checkLog(openDiskFolder(call.folder))
      const perHour = (bytes: number): number => (bytes / 1e6) * (HOUR_MS / completeness.lengthMs)
      const sizes = await Promise.all(FILES.map(async (name) => ({ name, megabytes: perHour((await stat(join(call.folder, name))).size) })))
      const total = sizes.reduce((sum, { megabytes }) => sum + megabytes, 0)
      return [{
        what: 'storage of an hour of office work',
        measured: `${total.toFixed(1)} MB (${sizes.map(({ name, megabytes }) => `${name} ${megabytes.toFixed(1)}`).join(', ')})`,
        budget: `≤ ${BUDGET_MB_PER_HOUR} MB`,
        comparedTo: `the two voices alone as PCM: ${((PCM_BYTES_PER_SECOND * 3_600) / 1e6).toFixed(0)} MB`,
        isWithinBudget: total <= BUDGET_MB_PER_HOUR,
      }]
    } finally {
      await scope.end()
      await rm(folder, { recursive: true, force: true })
    }
  },
}
