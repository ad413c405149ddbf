/** A real Chromium with the extension in it, a page on a real server, and a real receiver that says what arrived. */
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { startActionReceiver, type ActionReceiver, type ReceivedAction } from '@/agent/capture/actions/action-receiver'
import { buildExtension } from '@/agent/extension/build.mjs'

export const SECRET = 'a-pairing-secret-for-tests'

export type Pages = { origin: string; show(html: string): void; stop(): Promise<void> }

/** Answers every path with the page that was set last. */
export async function servePages(): Promise<Pages> {
  let html = ''
  const server: Server = createServer((_request, response) => response.setHeader('content-type', 'text/html; charset=utf-8').end(html))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    show: (next) => { html = `<!doctype html><meta charset="utf-8">${next}` },
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

export type Watched = {
  context: BrowserContext
  /** `chrome-extension://…` */
  extensionOrigin: string
  receiver: ActionReceiver
  received: ReceivedAction[]
  /** Resolves once at least `count` actions have arrived. */
  waitFor(count: number): Promise<ReceivedAction[]>
  open(url: string): Promise<Page>
  /** Stops the extension's service worker as the browser does it after half a minute of quiet. */
  stopWorker(): Promise<void>
  stop(): Promise<void>
}

export async function startWatchedBrowser(origins: string[], options: { port?: number; extensionSecret?: string } = {}): Promise<Watched> {
  const folder = await mkdtemp(join(tmpdir(), 'callwitness-extension-'))
  const received: ReceivedAction[] = []
  const receiver = await startActionReceiver({
    port: options.port ?? 0,
    pairingSecret: SECRET,
    allowedOrigins: origins,
    onAction: (action) => void received.push(action),
    log: () => undefined,
  })
  await buildExtension(join(folder, 'extension'), { origins, agent: { port: receiver.port, pairingSecret: options.extensionSecret ?? SECRET } })
  const context = await chromium.launchPersistentContext(join(folder, 'profile'), {
    executablePath: '/usr/bin/chromium',
    headless: false, // the old headless mode of playwright's own flag loads no extensions; the new one is asked for below
    ignoreDefaultArgs: ['--disable-extensions'],
    args: [
      '--headless=new',
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      `--disable-extensions-except=${join(folder, 'extension')}`,
      `--load-extension=${join(folder, 'extension')}`,
    ],
  })
  await until(() => receiver.pairing().state !== 'never-heard', 'the extension to reach the receiver')
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'))
  const extensionOrigin = worker.url().replace('/worker.js', '')

  return {
    context,
    extensionOrigin,
    receiver,
    received,
    async waitFor(count) {
      await until(() => received.length >= count, () => `${count} actions; arrived: ${JSON.stringify(received.map(({ data }) => data))}`)
      return received
    },
    async open(url) {
      const page = await context.newPage()
      await page.goto(url)
      return page
    },
    async stopWorker() {
      // Only the session of a page of the extension's own reaches its worker by this command.
      const page = await context.newPage()
      await page.goto(`${extensionOrigin}/manifest.json`)
      const session = await context.newCDPSession(page)
      const isStopped = new Promise<void>((resolve) =>
        session.on('ServiceWorker.workerVersionUpdated', ({ versions }) => {
          if (versions.some(({ runningStatus, scriptURL }) => runningStatus === 'stopped' && scriptURL.startsWith(extensionOrigin))) resolve()
        }),
      )
      await session.send('ServiceWorker.enable')
      await session.send('ServiceWorker.stopAllWorkers')
      await isStopped
      await page.close()
    },
    async stop() {
      await context.close()
      await receiver.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

export async function until(isSo: () => boolean, what: string | (() => string), limitMs = 10_000): Promise<void> {
  for (const startedMs = Date.now(); !isSo(); await pause(20)) {
    if (Date.now() - startedMs > limitMs) throw new Error(`waited ${limitMs} ms for ${typeof what === 'string' ? what : what()}`)
  }
}

/** Long enough for an action that should not come to have come. */
export const pause = (durationMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, durationMs))
