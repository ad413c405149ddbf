import { afterEach, expect, it } from 'vitest'
import { startCrm, type SandboxCrm } from '@/demo/crm/server'
import { EXPECTED_ACTIONS, observeDeeds, performStep, readDeeds } from '@/demo/crm/technician'
import { startWatchedBrowser, type Watched } from './browser'

/** Agreement of two observers of one deed in one page; what is left is their own running time on a busy machine. */
const STAMP_TOLERANCE_MS = 20

let crm: SandboxCrm
let browser: Watched
afterEach(async () => {
  await browser.stop()
  await crm.stop()
})

it('sees everything that the scripted technician does in the sandbox CRM, when he does it, and nothing that he does not', async () => {
  crm = await startCrm({ port: 0 })
  browser = await startWatchedBrowser([crm.origin])
  browser.receiver.beginCall(crypto.randomUUID(), Date.now())
  const page = await browser.open(crm.origin)
  await page.setViewportSize({ width: 1280, height: 800 })
  await observeDeeds(page)
  for (const { step } of EXPECTED_ACTIONS) {
    await performStep(page, step)
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/crm-${step}.png` })
  }
  await browser.waitFor(EXPECTED_ACTIONS.length + 2)

  const seen = browser.received.filter(({ data }) => data.verb !== 'visited')
  expect(seen.map(({ data: { verb, object, changes } }) => ({ verb, objectName: object.name, ...(verb === 'changed' && changes.map(({ field, from, to }) => ({ field, from, to }))[0]) }))).toEqual(
    EXPECTED_ACTIONS.map(({ step: _step, ...action }) => action),
  )
  expect(seen.at(-1)?.data.changes.map(({ field }) => field)).toEqual(['roaming', 'plan', 'comment'])
  const deeds = await readDeeds(page)
  const errorsMs = seen.map(({ wallMs }, index) => Math.abs(wallMs - (deeds[EXPECTED_ACTIONS[index]?.step ?? 'save'] ?? 0)))
  expect(Math.max(...errorsMs)).toBeLessThan(STAMP_TOLERANCE_MS)
})
