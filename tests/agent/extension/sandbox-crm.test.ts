import { afterEach, expect, it } from 'vitest'
import { startSandboxCrm, type SandboxCrm } from '@/demo/crm/sandbox-crm'
import { playTechnician } from '@/demo/crm/technician-script'
import { startWatchedBrowser, type Watched } from './browser'

/** Agreement of two observers of one deed in one page; what is left is their own running time. */
const STAMP_TOLERANCE_MS = 20

let crm: SandboxCrm
let browser: Watched
afterEach(async () => {
  await browser.stop()
  await crm.stop()
})

it('sees everything that the scripted technician does in the sandbox CRM, when he does it, and nothing that he does not', async () => {
  crm = await startSandboxCrm({ port: 0 })
  browser = await startWatchedBrowser([crm.origin])
  browser.receiver.beginCall(crypto.randomUUID(), Date.now())
  const page = await browser.open(crm.origin)
  await page.setViewportSize({ width: 1280, height: 800 })
  const expected = await playTechnician(page, { at: () => page.waitForTimeout(150) })
  await browser.waitFor(expected.length + 2)
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/crm.png` })

  const seen = browser.received.filter(({ data }) => data.verb !== 'visited')
  expect(seen.map(({ data: { verb, object, changes } }) => ({ verb, object: object.name, ...(verb === 'changed' && changes.map(({ field, from, to }) => ({ field, from, to }))[0]) }))).toEqual(
    expected.map(({ performedWallMs: _performedWallMs, ...action }) => action),
  )
  expect(seen.at(-1)?.data.changes.map(({ field }) => field)).toEqual(['roaming', 'plan', 'comment'])
  const errorsMs = seen.map(({ wallMs }, index) => Math.abs(wallMs - (expected[index]?.performedWallMs ?? 0)))
  expect(Math.max(...errorsMs)).toBeLessThan(STAMP_TOLERANCE_MS)
})
