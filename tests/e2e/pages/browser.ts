/** Chromium for tests of pages: quiet, without a sandbox (tests run as root in containers), with sound that nobody hears. */
import { type Browser, chromium } from 'playwright-core'

export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--mute-audio', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run', '--autoplay-policy=user-gesture-required'],
  })
