/** Shows the panel as a small window of its own, kept above the others where the window manager allows it. */
import { spawn } from 'node:child_process'
import { access, constants } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { PanelError } from './errors'

const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge', 'brave-browser']
const WIDTH_PX = 360
const HEIGHT_PX = 520
const WINDOW_CLASS = 'callwitness-panel'
/** A browser needs some seconds for its first window on a busy computer. */
const RAISE_ATTEMPTS = 20
const RAISE_EVERY_MS = 500

export type PanelWindow = { close(): void }

/**
 * `url` is of `Panel.makeEntryUrl`; `profileDir` keeps the panel apart from the technician's own browsing. Rejects with
 * PanelError when there is no browser.
 */
export async function openPanel({ url, profileDir, env = process.env, log }: { url: string; profileDir: string; env?: NodeJS.ProcessEnv; log: (message: string) => void }): Promise<PanelWindow> {
  const browser = await findBrowser(env)
  const child = spawn(
    browser,
    [
      `--app=${url}`,
      `--user-data-dir=${profileDir}`,
      `--window-size=${WIDTH_PX},${HEIGHT_PX}`,
      `--class=${WINDOW_CLASS}`,
      '--no-first-run',
      '--no-default-browser-check',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // Chromium refuses to start as root with its sandbox; root is what a container has.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
    { env, stdio: 'ignore' },
  )
  const life = new AbortController()
  child.once('error', (error) => log(`the panel's window did not open: ${error.message}`))
  child.once('exit', () => life.abort())
  if (process.platform === 'linux') void keepAbove(env, life.signal, log)
  return {
    close() {
      life.abort()
      child.kill()
    },
  }
}

async function findBrowser(env: NodeJS.ProcessEnv): Promise<string> {
  for (const folder of (env.PATH ?? '').split(delimiter)) {
    for (const name of BROWSERS) {
      const path = join(folder, name)
      const isThere = await access(path, constants.X_OK).then(() => true, () => false)
      if (isThere) return path
    }
  }
  throw PanelError.noBrowser(BROWSERS)
}

/** EWMH's _NET_WM_STATE_ABOVE, set by wmctrl; it fails until the window is there, and for good without a window manager. */
async function keepAbove(env: NodeJS.ProcessEnv, signal: AbortSignal, log: (message: string) => void): Promise<void> {
  for (let attempt = 0; attempt < RAISE_ATTEMPTS; attempt += 1) {
    await new Promise((resolve) => setTimeout(resolve, RAISE_EVERY_MS))
    if (signal.aborted) return
    const exitCode = await new Promise<number | null>((resolve) => {
      const wmctrl = spawn('wmctrl', ['-x', '-r', WINDOW_CLASS, '-b', 'add,above'], { env, stdio: 'ignore' })
      wmctrl.once('error', () => resolve(null))
      wmctrl.once('exit', resolve)
    })
    if (exitCode === 0) return
    if (exitCode === null) return log('wmctrl is not installed, so the panel may be covered by other windows')
  }
  log('the window manager does not keep the panel above other windows')
}
