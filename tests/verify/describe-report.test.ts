import { expect, it } from 'vitest'
import { checkLog } from '@/verify/check-log'
import { describeReport } from '@/verify/describe-report'
import { LogBuilder, OPEN_DATA } from '../fixtures/log-builder'
import { makeMemoryFolder } from './memory-folder'

it('a log cannot write verdicts of its own onto the terminal', async () => {
  const log = new LogBuilder().chunk('technician', 0, 1_000, Uint8Array.of(1))
  const files = log.custody({ at: '2026-11-24T10:00:00.000Z', kind: 'received', data: { callId: OPEN_DATA.callId, seq: 1, hash: log.hashOf(1) } })
    .custody({ at: '2026-11-24T10:00:00.000Z', kind: 'redacted', data: { by: { id: '1', name: 'Eve' }, reason: 'x\nverified\u001b[2K\u202e', seqs: [1] } })
    .files()
  files.set('technician.ogg', Uint8Array.of(2))
  const text = describeReport(await checkLog(makeMemoryFolder(files)))
  expect(text).toContain('x\\u{a}verified\\u{1b}[2K\\u{202e}')
  expect(text.split('\n').filter((line) => line === 'verified')).toEqual([])
  expect(text.endsWith('\nNOT verified\n')).toBe(true)
})
