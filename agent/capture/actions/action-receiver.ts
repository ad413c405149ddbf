/**
 * Takes actions from the browser extension on loopback, while a call is recorded and only then.
 *
 * States: `idle` (answers that no call is recorded, so the extension drops what it holds) and `receiving` one call. In
 * `receiving` an action is answered after `onAction` has resolved; its id is then remembered until the call ends, so each is
 * handed on once and in the order in which it arrived.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { timingSafeEqual, createHash } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { z } from 'zod'
import { agentCommand } from '@/protocol/agent-command'
import type { ActionData } from '@/protocol/entries'
import { ACTIONS_PATH, actionBatchSchema, EXTENSION_PATH, MAX_BODY_BYTES, type DeliveryReply, type ReportedAction, type WatchReply } from './action-messages'
import { withholdCardNumbers } from './card-numbers'
import { ActionError } from './errors'
import { isAllowedOrigin, parseAllowedOrigin } from './origins'
import type { Pairing } from './pairing'
import { readBody } from './read-body'

const MIN_SECRET_LENGTH = 20
/** A stamp may run ahead of our own reading of the same clock by its rounding, not by more. */
const MAX_AHEAD_MS = 1_000

export type ReceivedAction = { id: string; data: ActionData; wallMs: number }

export type ActionReceiverOptions = {
  /** 0 for any free port. */
  port: number
  pairingSecret: string
  allowedOrigins: readonly string[]
  /** Resolves when the action is in the log. */
  onAction(action: ReceivedAction): void | Promise<void>
  onPairingChanged?(pairing: Pairing): void
  /** Whether a call that an earlier agent began may go on: while that is open the extension is told to keep what it holds. */
  mayCallGoOn?(): boolean
  log(message: string): void
}

export interface ActionReceiver {
  readonly port: number
  pairing(): Pairing
  /** From now on actions belong to this call; those done before `sinceWallMs` are refused. */
  beginCall(callId: string, sinceWallMs: number): void
  /** Nothing is taken any more; resolves when the last action taken is in the log. */
  endCall(): Promise<void>
  stop(): Promise<void>
}

/** Rejects with ActionError when the port is taken, the secret is weak or an origin is none. */
export async function startActionReceiver(options: ActionReceiverOptions): Promise<ActionReceiver> {
  if (options.pairingSecret.length < MIN_SECRET_LENGTH) throw ActionError.weakSecret(options.pairingSecret.length, MIN_SECRET_LENGTH)
  const allowed = options.allowedOrigins.map(parseAllowedOrigin)
  let call: { id: string; sinceWallMs: number; takenIds: Set<string> } | null = null
  let pairing: Pairing = { state: 'never-heard' }
  let lastDelivery: Promise<unknown> = Promise.resolve()

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      options.log(`the action receiver failed: ${String(error)}`)
      reply(response, 500, { message: 'The agent could not take the actions; its output says why. Send them again.' })
    })
  })

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!isLoopbackHost(request.headers.host, port)) return reply(response, 421, { message: 'This address answers on loopback only.' })
    if (!comesFromExtension(request.headers.origin)) return reply(response, 403, { message: 'Only the Callwitness extension may speak here.' })
    if (!hasSecret(request.headers.authorization, options.pairingSecret)) {
      setPairing({ state: 'refused', count: pairing.state === 'refused' ? pairing.count + 1 : 1, wallMs: Date.now() })
      return reply(response, 401, { message: `The pairing secret is wrong. Copy the one that "${agentCommand('status')}" shows into the options of the extension.` })
    }
    setPairing({ state: 'heard', wallMs: Date.now() })
    if (!call && options.mayCallGoOn?.()) return reply(response, 503, { message: 'The agent has just started and looks whether a call goes on. Ask again in a moment.' })
    const route = `${request.method} ${request.url}`
    if (route === `GET ${EXTENSION_PATH}`) {
      return reply(response, 200, { call: call?.id ?? null, allowedOrigins: [...options.allowedOrigins] } satisfies WatchReply)
    }
    if (route !== `POST ${ACTIONS_PATH}`) return reply(response, 404, { message: `There is no ${route} here.` })
    const body = await readBody(request, MAX_BODY_BYTES)
    if (body === null) return reply(response, 413, { message: `A body may have ${MAX_BODY_BYTES} bytes; send fewer actions at once.` })
    const batch = actionBatchSchema.safeParse(parseJson(body))
    if (!batch.success) return reply(response, 400, { message: `Malformed actions: ${z.prettifyError(batch.error)}` })
    const delivery = lastDelivery.then(() => take(batch.data.actions))
    lastDelivery = delivery.catch(() => null) // reported to this request; the next one starts afresh
    await delivery
    reply(response, 200, { call: call?.id ?? null, taken: batch.data.actions.map(({ id }) => id) } satisfies DeliveryReply)
  }

  async function take(actions: readonly ReportedAction[]): Promise<void> {
    for (const { id, wallMs, origin, action } of actions) {
      if (!call || call.takenIds.has(id) || wallMs < call.sinceWallMs || wallMs > Date.now() + MAX_AHEAD_MS) continue
      if (!isAllowedOrigin(origin, allowed)) {
        options.log(`an action on ${origin} was refused: the origin is not in allowedOrigins`)
        continue
      }
      const { takenIds } = call
      await options.onAction({ id, data: withholdCardNumbers(action), wallMs })
      takenIds.add(id)
    }
  }

  function setPairing(next: Pairing): void {
    const isNews = next.state === 'refused' || next.state !== pairing.state
    pairing = next
    if (isNews) options.onPairingChanged?.(pairing)
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => reject(ActionError.portTaken(options.port, cause)))
    server.listen(options.port, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo // a TCP server that listens has one

  return {
    port,
    pairing: () => pairing,
    beginCall(id, sinceWallMs) {
      call = { id, sinceWallMs, takenIds: new Set() }
    },
    async endCall() {
      call = null
      await lastDelivery
    },
    async stop() {
      call = null
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await lastDelivery
    },
  }
}

/** A page that has rebound its own name to 127.0.0.1 still sends its own name. */
const isLoopbackHost = (host: string | undefined, port: number): boolean => host === `127.0.0.1:${port}` || host === `localhost:${port}`

/** A browser adds the origin to what a page sends and lets no page forge it; extensions send theirs or none. */
const comesFromExtension = (origin: string | undefined): boolean => origin === undefined || /^(chrome|moz|safari-web)-extension:\/\//.test(origin)

/** Compares hashes, so that neither the length nor the content of the secret shows in the time it takes. */
function hasSecret(authorization: string | undefined, secret: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(hash(authorization ?? ''), hash(`Bearer ${secret}`))
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // the schema says what was expected
  }
}

function reply(response: ServerResponse, status: number, body: WatchReply | DeliveryReply | { message: string }): void {
  if (response.headersSent) return
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
  response.end(JSON.stringify(body))
}
