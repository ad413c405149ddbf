/** What the scripted technician does in the sandbox CRM, as data, and the hands that do it with a real mouse and keyboard. */
import type { Locator, Page } from 'playwright-core'
import type { ActionVerb } from '@/protocol/entries'

/** `atMs` is when the step begins, on the clock of whoever plays the call. */
export type TechnicianStep = { atMs: number } & (
  | { does: 'search'; text: string }
  | { does: 'open'; name: string }
  | { does: 'switch'; field: 'roaming' | 'paperless'; from: 'off' | 'on'; to: 'off' | 'on' }
  | { does: 'choose'; field: 'plan'; from: string; to: string }
  | { does: 'write'; text: string }
  | { does: 'save'; name: string }
)

export const TECHNICIAN_STEPS: readonly TechnicianStep[] = [
  { atMs: 8_000, does: 'search', text: 'rina' },
  { atMs: 11_000, does: 'open', name: 'Rina Hartono' },
  { atMs: 30_000, does: 'switch', field: 'roaming', from: 'off', to: 'on' },
  { atMs: 44_000, does: 'choose', field: 'plan', from: 'Flex 10', to: 'Flex 20' },
  { atMs: 54_000, does: 'write', text: 'Roaming on for the trip to Japan. Moved to Flex 20, month by month.' },
  { atMs: 66_000, does: 'save', name: 'Rina Hartono' },
]

export type ExpectedAction = {
  verb: ActionVerb
  /** Name of the record. */
  object: string
  field?: string
  from?: string
  to?: string
  /** Wall clock in the page at the deed, taken by an observer of this script's own. */
  performedWallMs: number
}

const GLIDE_STEPS = 18
const KEY_DELAY_MS = 28

/**
 * Plays the steps on a page that shows the CRM's start; `at` resolves when the call has reached that position. Resolves with
 * the actions that a recorder must have seen, in order.
 */
export async function playTechnician(page: Page, { at, steps = TECHNICIAN_STEPS }: { at: (atMs: number) => Promise<void>; steps?: readonly TechnicianStep[] }): Promise<ExpectedAction[]> {
  await observeDeeds(page)
  const expected: ExpectedAction[] = []
  let object = ''
  for (const step of steps) {
    await at(step.atMs)
    switch (step.does) {
      case 'search':
        await clickSlowly(page, page.getByLabel('Search customers'))
        await page.keyboard.type(step.text, { delay: KEY_DELAY_MS })
        break
      case 'open':
        object = step.name
        await clickSlowly(page, page.getByRole('link', { name: step.name }))
        await page.getByRole('heading', { name: step.name }).waitFor()
        expected.push({ verb: 'opened', object, performedWallMs: await readDeed(page, 'opened') })
        break
      case 'switch':
        await clickSlowly(page, page.locator(`[name="${step.field}"]`))
        expected.push({ verb: 'changed', object, field: step.field, from: step.from, to: step.to, performedWallMs: await readDeed(page, step.field) })
        break
      case 'choose':
        await page.locator(`[name="${step.field}"]`).focus()
        // Typing an option's name chooses it, as it does for a person.
        await page.keyboard.type(step.to, { delay: KEY_DELAY_MS })
        expected.push({ verb: 'changed', object, field: step.field, from: step.from, to: step.to, performedWallMs: await readDeed(page, step.field) })
        break
      case 'write':
        await clickSlowly(page, page.locator('[name="comment"]'))
        await page.keyboard.type(step.text, { delay: KEY_DELAY_MS })
        expected.push({ verb: 'changed', object, field: 'comment', from: '', to: step.text, performedWallMs: await readDeed(page, 'comment') })
        break
      case 'save':
        await clickSlowly(page, page.getByRole('button', { name: 'Save changes' }))
        await page.getByText(`${step.name} saved`).waitFor()
        expected.push({ verb: 'saved', object, performedWallMs: await readDeed(page, 'saved') })
        break
    }
  }
  return expected
}

/** Deeds by name, in the page's own world, where no extension reaches. */
type DeedsWindow = { technicianDeeds: Record<string, number> }

const observeDeeds = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const deeds: Record<string, number> = {}
    const wallMsOf = (event: Event): number => Date.now() - (performance.now() - event.timeStamp)
    document.addEventListener('input', (event) => { deeds[(event.target as HTMLInputElement).name] = wallMsOf(event) }, true)
    document.addEventListener('submit', (event) => { deeds.saved = wallMsOf(event) }, true)
    let record: string | null = null
    new MutationObserver(() => {
      const shown = document.querySelector('[data-callwitness-record]')?.getAttribute('data-callwitness-record') ?? null
      if (shown !== record && shown !== null) deeds.opened = Date.now()
      record = shown
    }).observe(document, { subtree: true, childList: true })
    Object.assign(window, { technicianDeeds: deeds })
  })

async function readDeed(page: Page, name: string): Promise<number> {
  const wallMs = await page.evaluate((deed) => (window as unknown as DeedsWindow).technicianDeeds[deed], name) // set by observeDeeds
  if (wallMs === undefined) throw new Error(`the page did not react to the technician's deed "${name}"; is it the sandbox CRM?`)
  return wallMs
}

/** The pointer glides there, as a hand would move it. */
async function clickSlowly(page: Page, target: Locator): Promise<void> {
  const box = await target.boundingBox()
  if (box) await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: GLIDE_STEPS })
  await target.click()
}
