/**
 * How an agent gets its device token: the OAuth 2.0 device authorisation grant (RFC 8628), with JSON bodies.
 *
 * `POST /api/devices/code` gives a short code; a signed-in person approves it on `/devices/approve`; the agent polls
 * `POST /api/devices/token` until it gets the token, once.
 */
import { z } from 'zod'
import { deviceIdSchema } from './ids'

export const DEVICE_CODE_PATH = '/api/devices/code'
export const DEVICE_TOKEN_PATH = '/api/devices/token'

export const deviceCodeRequestSchema = z.object({
  deviceName: z.string().min(1).max(100),
  /** Raw Ed25519 public key, 32 bytes, base64url: 43 characters. */
  deviceKey: z.string().length(43),
  agentVersion: z.string().max(40),
  platform: z.string().max(100),
})
export type DeviceCodeRequest = z.infer<typeof deviceCodeRequestSchema>

export const deviceCodeReplySchema = z.object({
  deviceCode: z.string(),
  /** What the person types or compares, such as `WXRT-PLKM`. */
  userCode: z.string(),
  approveUrl: z.url(),
  expiresInSeconds: z.int().positive(),
  pollEverySeconds: z.int().positive(),
})
export type DeviceCodeReply = z.infer<typeof deviceCodeReplySchema>

export const deviceTokenRequestSchema = z.object({ deviceCode: z.string() })
export const deviceTokenReplySchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('pending') }),
  z.object({ state: z.literal('denied') }),
  z.object({ state: z.literal('expired') }),
  z.object({ state: z.literal('approved'), token: z.string(), deviceId: deviceIdSchema, technician: z.object({ id: z.string(), name: z.string() }) }),
])
export type DeviceTokenReply = z.infer<typeof deviceTokenReplySchema>
