/** The scripted technician: what he does in the sandbox CRM, with a real mouse and keyboard, and what a recorder must see of it. */
import type { Locator, Page } from 'playwright-core'
import type { CrmStep } from '../call-script'

const CUSTOMER = { id: '417729', name: 'Rina Hartono' }
const PLAN = { from: 'Flex 10', to: 'Travel' }
const COMMENT = 'Going to Singapore next week. Does not accept the charge of 25 dollars on the last bill; billing answers in writing within three days.'

const GLIDE_STEPS = 18
const KEY_DELAY_MS = 28

export type ExpectedAction = { step: CrmStep; verb: 'opened' | 'changed' | 'saved'; field?: string; from?: string; to?: string; objectName: string }

/** One of each step, in the order of the call. */
export const EXPECTED_ACTIONS: readonly ExpectedAction[] = [
  { step: 'open-customer', verb: 'opened', objectName: CUSTOMER.name },
  { step: 'switch-roaming-on', verb: 'changed', field: 'roaming', from: 'off', to: 'on', objectName: CUSTOMER.name },
  { step: 'change-plan', verb: 'changed', field: 'plan', ...PLAN, objectName: CUSTOMER.name },
  { step: 'write-comment', verb: 'changed', field: 'comment', from: '', to: COMMENT, objectName: CUSTOMER.name },
  { step: 'save', verb: 'saved', objectName: CUSTOMER.name },
]

/** Resolves when the page shows what the step did. */
export async function performStep(page: Page, step: CrmStep): Promise<void> {
  switch (step) {
    case 'open-customer':
      await clickSlowly(page, page.getByLabel('Search customers'))
      await page.keyboard.type(CUSTOMER.id, { delay: KEY_DELAY_MS })
      await clickSlowly(page, page.getByRole('link', { name: CUSTOMER.name }))
      return page.getByRole('heading', { name: CUSTOMER.name }).waitFor()
    case 'switch-roaming-on':
      return clickSlowly(page, page.getByRole('switch', { name: 'International roaming' }))
    case 'change-plan':
      await page.getByLabel('Plan').focus()
      // Typing an option's name chooses it, as it does for a person.
      return page.keyboard.type(PLAN.to, { delay: KEY_DELAY_MS })
    case 'write-comment':
      await clickSlowly(page, page.getByLabel('Comment'))
      return page.keyboard.type(COMMENT, { delay: KEY_DELAY_MS })
    case 'save':
      await clickSlowly(page, page.getByRole('button', { name: 'Save changes' }))
      return page.getByText(`${CUSTOMER.name} saved`).waitFor()
  }
}

type DeedsWindow = { technicianDeeds: Partial<Record<CrmStep, number>> }

/** From now on the page itself notes when each step takes effect: an observer that knows nothing of any extension. */
// No named function may stand inside: tsx would wrap it in a helper that the page does not have.
export const observeDeeds = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const deeds: DeedsWindow['technicianDeeds'] = {}
    const steps: Readonly<Record<string, CrmStep>> = { roaming: 'switch-roaming-on', plan: 'change-plan', comment: 'write-comment' }
    document.addEventListener('input', (event) => {
      const step = steps[(event.target as HTMLInputElement).name] // input events come from controls
      if (step) deeds[step] = performance.timeOrigin + event.timeStamp
    }, true)
    document.addEventListener('submit', (event) => { deeds.save = performance.timeOrigin + event.timeStamp }, true)
    new MutationObserver(() => {
      if (document.querySelector('[data-callwitness-record]')) deeds['open-customer'] ??= Date.now()
    }).observe(document, { subtree: true, childList: true })
    Object.assign(window, { technicianDeeds: deeds })
  })

/** Wall clock at which each step took effect. */
export const readDeeds = (page: Page): Promise<Partial<Record<CrmStep, number>>> =>
  page.evaluate(() => (window as unknown as DeedsWindow).technicianDeeds) // set by observeDeeds

/** The pointer glides there, as a hand would move it. */
async function clickSlowly(page: Page, target: Locator): Promise<void> {
  const box = await target.boundingBox()
  if (box) await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: GLIDE_STEPS })
  await target.click()
}
