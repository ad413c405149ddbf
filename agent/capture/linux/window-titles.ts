/** The title of the active window as it changes, from what the window manager tells (EWMH); `xprop -spy` listens for us. */
import { createInterface } from 'node:readline'
import type { Capture } from '../ports'
import { type Child, type Environment, startChild } from './child'
import { pause } from './pause'

/** Pages change their title several times while they load; the last one counts. */
const SETTLE_MS = 150
/** Each look costs a process; window managers seldom come late. */
const RETRY_MS = 15_000
/** What xprop says for good when no window manager has run on this display yet. */
const NO_WINDOW_MANAGER = 'no such atom'

export type WindowTitle = { application: string; title: string; wallMs: number }

export function watchWindowTitles(onTitle: (title: WindowTitle) => void, env: Environment): Capture {
  const stopping = new AbortController()
  const active = new ActiveWindow(onTitle, env)
  const running = followRoot(stopping.signal, active, env)
  return {
    async stop() {
      stopping.abort()
      await running
      await active.follow(null)
    },
  }
}

/** A display that comes late or restarts is found again; without a window manager the list stays empty. */
async function followRoot(signal: AbortSignal, active: ActiveWindow, env: Environment): Promise<void> {
  while (!signal.aborted && env.DISPLAY) {
    const root = startChild('xprop', ['-root', '-spy', '_NET_ACTIVE_WINDOW'], { env })
    const kill = (): void => void root.kill()
    signal.addEventListener('abort', kill, { once: true })
    createInterface({ input: root.stdout }).on('line', (line) => {
      if (line.includes(NO_WINDOW_MANAGER)) kill()
      else void active.follow(parseActiveWindow(line))
    })
    await root.ended
    signal.removeEventListener('abort', kill)
    await active.follow(null)
    await pause(RETRY_MS, signal)
  }
}

/** Listens to one window at a time. */
class ActiveWindow {
  private listener: Child | null = null
  private windowId: string | null = null
  private settling: NodeJS.Timeout | undefined
  private last = ''

  constructor(private readonly onTitle: (title: WindowTitle) => void, private readonly env: Environment) {}

  async follow(windowId: string | null): Promise<void> {
    if (windowId === this.windowId) return
    this.windowId = windowId
    const previous = this.listener
    this.listener = windowId === null ? null : this.listenTo(windowId)
    if (windowId === null) clearTimeout(this.settling)
    await previous?.kill()
  }

  private listenTo(windowId: string): Child {
    const child = startChild('xprop', ['-id', windowId, '-spy', 'WM_CLASS', 'WM_NAME', '_NET_WM_NAME'], { env: this.env })
    const properties = new Map<string, string>()
    createInterface({ input: child.stdout }).on('line', (line) => {
      const property = parseProperty(line)
      if (!property || this.windowId !== windowId) return
      properties.set(property.name, property.value)
      const title = properties.get('_NET_WM_NAME') ?? properties.get('WM_NAME')
      if (title) this.settle({ application: properties.get('WM_CLASS') ?? '', title, wallMs: Date.now() })
    })
    return child
  }

  private settle(title: WindowTitle): void {
    clearTimeout(this.settling)
    this.settling = setTimeout(() => {
      const key = JSON.stringify([title.application, title.title])
      if (key === this.last) return
      this.last = key
      this.onTitle(title)
    }, SETTLE_MS)
  }
}

/** `_NET_ACTIVE_WINDOW(WINDOW): window id # 0x1400003`; 0x0 when none is active. */
export function parseActiveWindow(line: string): string | null {
  const id = /window id # (0x[0-9a-f]+)/.exec(line)?.[1] ?? null
  return id === '0x0' ? null : id
}

/**
 * `_NET_WM_NAME(UTF8_STRING) = "Ticket "roaming""`: quotes within are not escaped by every xprop. `WM_CLASS` has two values,
 * of which the second names the program.
 */
export function parseProperty(line: string): { name: string; value: string } | null {
  const match = /^(\w+)\(\w+\) = "(.*)"$/.exec(line)
  if (!match) return null
  const [, name = '', value = ''] = match
  return { name, value: unescape(name === 'WM_CLASS' ? value.split('", "').at(-1)! : value) }
}

/** Properties of the old type STRING come with every byte beyond ASCII as `\303`; programs put UTF-8 there all the same. */
function unescape(value: string): string {
  const unquoted = value.replaceAll('\\"', '"')
  if (!/\\[0-7]{3}/.test(unquoted)) return unquoted
  return Buffer.from(unquoted.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8))), 'latin1').toString('utf8')
}
