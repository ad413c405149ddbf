/** Branded identifiers, so that a call's id can never be passed where a device's is meant. */
import { z } from 'zod'

/** Lower case only: a call has one name, on every file system. */
export const callIdSchema = z.uuid().lowercase().brand<'CallId'>()
export type CallId = z.infer<typeof callIdSchema>

export const deviceIdSchema = z.uuid().brand<'DeviceId'>()
export type DeviceId = z.infer<typeof deviceIdSchema>

export const userIdSchema = z.uuid().brand<'UserId'>()
export type UserId = z.infer<typeof userIdSchema>

/** A new random call id (UUID version 4, RFC 9562 §5.4). */
export const makeCallId = (): CallId => callIdSchema.parse(crypto.randomUUID())
