/** What is asked before anybody is signed in: devices that want to be let in, and the first administrator. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { DEVICE_CODE_PATH, DEVICE_TOKEN_PATH, deviceCodeRequestSchema, deviceTokenRequestSchema } from '@/protocol/agent-http'
import { collectDeviceToken, requestDeviceCode } from '../access/devices'
import { AccessError } from '../access/errors'
import { createFirstAdmin, firstAdminSchema } from '../access/first-admin'
import { RateLimit } from '../access/rate-limit'
import type { Database } from '../database/client'
import { readJson, sendJson } from './json'
import { HttpError } from './problem'

export const SETUP_API_PATH = '/api/setup'
const MINUTE_MS = 60_000

type Route = (req: IncomingMessage, res: ServerResponse, address: string) => Promise<void>
type Deps = { database: Database; origin: string }

/** Each by its path; all take a POST with JSON. */
export function makeAccessRoutes({ database, origin }: Deps): ReadonlyMap<string, Route> {
  const codesPerCaller = new RateLimit(10, MINUTE_MS)
  // Some devices behind one address, each asking every two seconds.
  const pollsPerCaller = new RateLimit(600, MINUTE_MS)
  const setupsPerCaller = new RateLimit(10, MINUTE_MS)

  const giveCode: Route = async (req, res, address) => {
    admit(codesPerCaller, address)
    sendJson(res, 200, await requestDeviceCode(database, await readJson(req, deviceCodeRequestSchema), origin))
  }
  const giveToken: Route = async (req, res, address) => {
    admit(pollsPerCaller, address)
    const { deviceCode } = await readJson(req, deviceTokenRequestSchema)
    sendJson(res, 200, await collectDeviceToken(database, deviceCode, address))
  }
  const setUp: Route = async (req, res, address) => {
    admit(setupsPerCaller, address)
    sendJson(res, 201, { id: await createFirstAdmin(database, await readJson(req, firstAdminSchema), address) })
  }
  return new Map([
    [DEVICE_CODE_PATH, onlyPost(giveCode)],
    [DEVICE_TOKEN_PATH, onlyPost(giveToken)],
    [SETUP_API_PATH, onlyPost(setUp)],
  ])
}

function admit(limit: RateLimit, address: string): void {
  const waitMs = limit.take(address)
  if (waitMs > 0) throw AccessError.throttled(waitMs)
}

const onlyPost = (route: Route): Route => async (req, res, address) => {
  if (req.method !== 'POST') throw new HttpError(405, 'Expected a POST.')
  await route(req, res, address)
}
