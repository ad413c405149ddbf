/** The device's Ed25519 key: made at first use, readable by its owner alone, never sent anywhere. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import type { Signer } from '../call/running-call'
import type { AgentHome } from './agent-home'
import { replaceFile } from './replace-file'

const publicJwkSchema = z.object({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string().length(43) })

export function openDeviceKey({ keyFile }: Pick<AgentHome, 'keyFile'>): Signer {
  if (!existsSync(keyFile)) {
    const { privateKey } = generateKeyPairSync('ed25519')
    replaceFile(keyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())
  }
  const privateKey = createPrivateKey(readFileSync(keyFile))
  const { x } = publicJwkSchema.parse(createPublicKey(privateKey).export({ format: 'jwk' }))
  return { publicKey: x, sign: (message) => sign(null, message, privateKey).toString('base64url') }
}
