/** A small helpdesk to record in demos and tests: pages and an API on loopback, data in memory, gone when it stops. */
import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { build } from 'esbuild'
import { z } from 'zod'
import { type Customer, type CustomerEdit, makeCustomers, PLANS, TECHNICIAN } from './customers'

const MAX_BODY_BYTES = 16 * 1024
const PAGE = join(import.meta.dirname, 'page')
const require = createRequire(import.meta.url)
const INTER = '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2'

const editSchema = z.object({ plan: z.enum(PLANS), isRoamingOn: z.boolean(), isPaperless: z.boolean(), comment: z.string().max(2_000) }) satisfies z.ZodType<CustomerEdit>

export interface SandboxCrm {
  readonly port: number
  readonly origin: string
  stop(): Promise<void>
}

/** Port 0 is any free port. `now` stamps the history of a customer. */
export async function startCrm({ port: wantedPort, now = () => new Date() }: { port: number; now?: () => Date }): Promise<SandboxCrm> {
  const customers = makeCustomers()
  const files = await buildPage()

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => reply(response, 500, { message: String(error) }))
  })

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1')
    const file = files.get(pathname)
    if (file) return void response.writeHead(200, { 'content-type': file.contentType }).end(file.bytes)
    if (pathname === '/api/customers') return reply(response, 200, [...customers.values()])
    const customer = customers.get(pathname.replace('/api/customers/', ''))
    if (!pathname.startsWith('/api/')) return void response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(files.get('/index.html')?.bytes)
    if (!customer) return reply(response, 404, { message: `There is no ${pathname}.` })
    if (request.method !== 'PUT') return reply(response, 200, customer)
    const edit = editSchema.safeParse(await readJson(request))
    if (!edit.success) return reply(response, 400, { message: z.prettifyError(edit.error) })
    save(customer, edit.data, now())
    reply(response, 200, customer)
  }

  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(wantedPort, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // a TCP server that listens has one
  return {
    port,
    origin: `http://127.0.0.1:${port}`,
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** A comment goes into the history and leaves its field empty, as in any helpdesk. */
function save(customer: Customer, edit: CustomerEdit, now: Date): void {
  const told = [
    customer.isRoamingOn !== edit.isRoamingOn && `International roaming switched ${edit.isRoamingOn ? 'on' : 'off'}`,
    customer.plan !== edit.plan && `Plan changed from ${customer.plan} to ${edit.plan}`,
    customer.isPaperless !== edit.isPaperless && `Paperless bill switched ${edit.isPaperless ? 'on' : 'off'}`,
    edit.comment,
  ].filter((text): text is string => Boolean(text))
  const at = now.toLocaleString('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' })
  Object.assign(customer, edit, { comment: '' })
  customer.history.unshift(...told.map((text) => ({ at, by: TECHNICIAN, text })))
}

type PageFile = { contentType: string; bytes: Uint8Array }

async function buildPage(): Promise<Map<string, PageFile>> {
  const script = await build({ entryPoints: [join(PAGE, 'crm.ts')], bundle: true, format: 'esm', target: 'chrome120', write: false, logLevel: 'warning' })
  const read = async (contentType: string, path: string): Promise<PageFile> => ({ contentType, bytes: await readFile(path) })
  return new Map<string, PageFile>([
    ['/index.html', await read('text/html; charset=utf-8', join(PAGE, 'index.html'))],
    ['/crm.css', await read('text/css; charset=utf-8', join(PAGE, 'crm.css'))],
    ['/inter.woff2', await read('font/woff2', require.resolve(INTER))],
    ['/crm.js', { contentType: 'text/javascript; charset=utf-8', bytes: script.outputFiles[0]?.contents ?? new Uint8Array() }],
  ])
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  let text = ''
  for await (const part of request as AsyncIterable<Buffer>) {
    text += part.toString('utf8')
    if (text.length > MAX_BODY_BYTES) return undefined // no edit is that long; the schema refuses it
  }
  try {
    return JSON.parse(text)
  } catch {
    return undefined // the schema says what was expected
  }
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(JSON.stringify(body))
}
