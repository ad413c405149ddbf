/** The supervisor's desk: Chromium with a window, on a display and a sound server of its own; what leaves its loudspeaker is tapped. */
import { chromium, type Browser, type Page } from 'playwright-core'
import { startVirtualDesktop, type VirtualDesktop } from '@/demo/virtual-desktop'
import type { CallId } from '@/protocol/ids'
import { signIn } from '../../tests/e2e/pages/visitor'
import { startClickTap, type ClickTap } from '../click-tap'
import { FLASH_SPOT } from './call-desk'
import { installProbe, watchSpot } from './page-probe'

const SCREEN = { widthPx: 1_440, heightPx: 900 }
const BEGIN_LIMIT_MS = 60_000
const FLAGS = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', `--window-size=${SCREEN.widthPx},${SCREEN.heightPx}`]

export class ListenerDesk {
  private constructor(
    private readonly desktop: VirtualDesktop,
    private readonly browser: Browser,
    /** When clicks left the loudspeaker. */
    readonly loudspeaker: ClickTap,
  ) {}

  static async start(): Promise<ListenerDesk> {
    const desktop = await startVirtualDesktop(SCREEN)
    try {
      const env = Object.fromEntries(Object.entries(desktop.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
      const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', headless: false, env, ignoreDefaultArgs: ['--mute-audio'], args: FLAGS })
      return new ListenerDesk(desktop, browser, startClickTap(desktop, `${desktop.sinks.headset}.monitor`))
    } catch (cause) {
      await desktop.stop()
      throw cause
    }
  }

  newPage(): Promise<Page> {
    return this.browser.newPage({ viewport: null })
  }

  /** As a supervisor does: signs in, opens the call, presses what has to be pressed to hear it. */
  async listen(origin: string, email: string, callId: CallId): Promise<Page> {
    const page = await this.newPage()
    page.setDefaultTimeout(BEGIN_LIMIT_MS)
    await installProbe(page)
    await signIn(page, origin, email)
    await page.goto(`${origin}/live/${callId}`)
    const [start, back] = [page.getByRole('button', { name: 'Start listening' }), page.getByRole('button', { name: 'Back 30 seconds' })]
    await start.or(back).first().waitFor()
    if (await start.isVisible()) await start.click()
    await page.getByText(/Sound \d+ ms · Screen/).waitFor()
    await watchSpot(page, FLASH_SPOT)
    return page
  }

  async stop(): Promise<void> {
    this.loudspeaker.end()
    await this.browser.close()
    await this.desktop.stop()
  }
}
