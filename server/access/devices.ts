/**
 * Devices: how an agent is let in (RFC 8628) and put out again.
 *
 * A code is `pending` until a signed-in person decides; `approved` until the device has fetched its token, once; or
 * `denied`. A code that nobody used in CODE_LIMIT_MS is worth nothing. What is stored of codes and tokens is their hash.
 * A person who tries codes that no device has must soon wait: else he could find one of somebody else's.
 */
import { randomInt } from 'node:crypto'
import type { DeviceCodeReply, DeviceCodeRequest, DeviceTokenReply } from '@/protocol/agent-http'
import { deviceIdSchema, userIdSchema, type DeviceId, type UserId } from '@/protocol/ids'
import type { Database, DatabaseOrTransaction } from '../database/client'
import type { DeviceCode } from '../database/generated/client'
import { recordAudit } from './audit'
import { parseReady } from './desks'
import { AccessError } from './errors'
import { devicesVisibleTo, mayManageDevice } from './policy'
import { RateLimit } from './rate-limit'
import type { Viewer } from './sessions'
import { hashOfToken, makeToken } from './tokens'

const CODE_LIMIT_MS = 15 * 60_000
const MAX_WRONG_CODES = 10
const POLL_EVERY_SECONDS = 2
const TOKEN_PREFIX = 'cwd_'
/** Consonants that are not taken for one another: no words, nothing to misread (RFC 8628 §6.1). */
const USER_CODE_ALPHABET = 'BCDFGHJKLMNPQRSTVWXZ'
const USER_CODE_LENGTH = 8

/** What a live connection needs to know of the device at its other end. */
export type ActiveDevice = { id: DeviceId; publicKey: string; technician: { id: UserId; name: string } }
export type PendingDevice = Pick<DeviceCode, 'userCode' | 'deviceName' | 'agentVersion' | 'platform' | 'createdAt' | 'expiresAt'>

export async function requestDeviceCode(database: Database, request: DeviceCodeRequest, origin: string, now = new Date()): Promise<DeviceCodeReply> {
  const { deviceName, deviceKey: publicKey, agentVersion, platform } = request
  const deviceCode = makeToken()
  const userCode = makeUserCode()
  await database.deviceCode.deleteMany({ where: { expiresAt: { lt: now } } })
  await database.deviceCode.create({
    data: { codeHash: hashOfToken(deviceCode), userCode, deviceName, publicKey, agentVersion, platform, createdAt: now, expiresAt: new Date(now.getTime() + CODE_LIMIT_MS) },
  })
  const approveUrl = `${origin}/devices/approve?code=${userCode}`
  return { deviceCode, userCode, approveUrl, expiresInSeconds: CODE_LIMIT_MS / 1_000, pollEverySeconds: POLL_EVERY_SECONDS }
}

type CodeDeps = { database: Database; wrongCodes: RateLimit }

/** Counts, by person, the codes that no device had. One for the whole process. */
export const makeWrongCodeLimit = (): RateLimit => new RateLimit(MAX_WRONG_CODES, CODE_LIMIT_MS)

/** What the person who decides is shown; null when no device waits with this code. Throws AccessError `throttled`. */
export async function findPendingDevice({ database, wrongCodes }: CodeDeps, viewer: Viewer, userCode: string, now = new Date()): Promise<PendingDevice | null> {
  countTry(wrongCodes, viewer)
  const device = await database.deviceCode.findFirst({
    where: { userCode: normaliseUserCode(userCode), state: 'pending', expiresAt: { gt: now } },
    select: { userCode: true, deviceName: true, agentVersion: true, platform: true, createdAt: true, expiresAt: true },
  })
  if (device) wrongCodes.giveBack(viewer.id)
  return device
}

/** The device will record as `viewer`. Throws AccessError `code-unknown` when somebody else decided first, or `throttled`. */
export async function decideDevice({ database, wrongCodes }: CodeDeps, viewer: Viewer, userCode: string, decision: 'approved' | 'denied', address: string | null, now = new Date()): Promise<void> {
  countTry(wrongCodes, viewer)
  await database.$transaction(async (transaction) => {
    const [code] = await transaction.deviceCode.updateManyAndReturn({
      where: { userCode: normaliseUserCode(userCode), state: 'pending', expiresAt: { gt: now } },
      data: { state: decision, decidedById: viewer.id },
    })
    if (!code) throw AccessError.codeUnknown()
    const detail = { deviceName: code.deviceName, platform: code.platform }
    await recordAudit(transaction, { verb: `device-${decision}`, actorId: viewer.id, address, detail })
  })
  wrongCodes.giveBack(viewer.id)
}

/** What a waiting device gets when it asks. The token is handed over once: the code is gone with it. */
export function collectDeviceToken(database: Database, deviceCode: string, address: string | null, now = new Date()): Promise<DeviceTokenReply> {
  return database.$transaction(async (transaction): Promise<DeviceTokenReply> => {
    const codeHash = hashOfToken(deviceCode)
    const code = await transaction.deviceCode.findUnique({ where: { codeHash } })
    if (!code || code.expiresAt <= now) return { state: 'expired' }
    if (code.state !== 'approved') return { state: code.state }
    const { count } = await transaction.deviceCode.deleteMany({ where: { codeHash, state: 'approved' } })
    if (count === 0) return { state: 'expired' }
    return pairDevice(transaction, code, address)
  })
}

/** Null for a token that is wrong, revoked, or of a person who may not sign in any more. */
export async function deviceOfToken(database: Database, token: string): Promise<ActiveDevice | null> {
  if (!token.startsWith(TOKEN_PREFIX)) return null
  const device = await database.device.findUnique({
    where: { tokenHash: hashOfToken(token), revokedAt: null, user: { disabledAt: null } },
    select: { id: true, publicKey: true, user: { select: { id: true, name: true } } },
  })
  if (!device) return null
  const technician = { id: userIdSchema.parse(device.user.id), name: device.user.name }
  return { id: deviceIdSchema.parse(device.id), publicKey: device.publicKey, technician }
}

/** Devices that are connected now or were until now. */
export async function recordDevicesSeen(database: Database, ids: readonly DeviceId[], now = new Date()): Promise<void> {
  await database.device.updateMany({ where: { id: { in: [...ids] } }, data: { lastSeenAt: now } })
}

export async function listDevices(database: Database, viewer: Viewer) {
  const devices = await database.device.findMany({
    where: { AND: [devicesVisibleTo(viewer), { sample: null }] },
    orderBy: [{ revokedAt: { sort: 'asc', nulls: 'first' } }, { createdAt: 'desc' }],
    select: { id: true, name: true, platform: true, agentVersion: true, createdAt: true, lastSeenAt: true, revokedAt: true, ready: true, user: { select: { id: true, name: true } } },
  })
  return devices.map((device) => ({ ...device, ready: parseReady(device.ready) }))
}

type RevokeDeps = { database: Database; disconnectDevice: (deviceId: string) => void }

/** Its token is dead and its connection ends at once. Twice is harmless. Throws AccessError `not-allowed`. */
export async function revokeDevice({ database, disconnectDevice }: RevokeDeps, viewer: Viewer, deviceId: DeviceId, address: string | null): Promise<void> {
  const device = await database.device.findUnique({ where: { id: deviceId }, select: { userId: true } })
  if (!device || !mayManageDevice(viewer, device)) throw AccessError.notAllowed()
  await database.$transaction(async (transaction) => {
    const revocation = { revokedAt: new Date(), revokedById: viewer.id }
    const { count } = await transaction.device.updateMany({ where: { id: deviceId, revokedAt: null }, data: revocation })
    if (count > 0) await recordAudit(transaction, { verb: 'device-revoked', actorId: viewer.id, address, deviceId, userId: device.userId })
  })
  disconnectDevice(deviceId)
}

/** A device that pairs again keeps its identity, since the calls in its spool name it; its old token dies. */
async function pairDevice(transaction: DatabaseOrTransaction, code: DeviceCode, address: string | null): Promise<DeviceTokenReply> {
  if (code.decidedById === null) return { state: 'denied' }
  const user = await transaction.user.findUnique({ where: { id: code.decidedById, disabledAt: null }, select: { id: true, name: true } })
  if (!user) return { state: 'denied' }
  const token = TOKEN_PREFIX + makeToken()
  const { deviceName: name, publicKey, agentVersion, platform } = code
  const data = { name, agentVersion, platform, tokenHash: hashOfToken(token), revokedAt: null, revokedById: null }
  const known = await transaction.device.findFirst({ where: { userId: user.id, publicKey }, select: { id: true } })
  const { id } = known
    ? await transaction.device.update({ where: known, data, select: { id: true } })
    : await transaction.device.create({ data: { ...data, publicKey, userId: user.id }, select: { id: true } })
  await recordAudit(transaction, { verb: 'device-paired', actorId: user.id, address, deviceId: id, userId: user.id })
  return { state: 'approved', token, deviceId: deviceIdSchema.parse(id), technician: user }
}

/** Counted before the code is looked up and given back when it was right, so that many tries at once count as many. */
function countTry(wrongCodes: RateLimit, viewer: Viewer): void {
  const waitMs = wrongCodes.take(viewer.id)
  if (waitMs > 0) throw AccessError.throttled(waitMs)
}


function makeUserCode(): string {
  const letters = Array.from({ length: USER_CODE_LENGTH }, () => USER_CODE_ALPHABET.charAt(randomInt(USER_CODE_ALPHABET.length)))
  return formatUserCode(letters.join(''))
}

const formatUserCode = (letters: string): string => `${letters.slice(0, USER_CODE_LENGTH / 2)}-${letters.slice(USER_CODE_LENGTH / 2)}`

/** People type codes in lower case, without the dash or with spaces. */
const normaliseUserCode = (typed: string): string => formatUserCode(typed.toUpperCase().replaceAll(/[^A-Z]/g, '').slice(0, USER_CODE_LENGTH))
