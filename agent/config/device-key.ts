/** The device's Ed25519 key: made at first use, encrypted, readable by its owner alone, never sent anywhere. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import type { Signer } from '../call/running-call'
import type { AgentHome } from './agent-home'
import { replaceFile } from './replace-file'

const NAME = 'device key'
const publicJwkSchema = z.object({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string().length(43) })

export function openDeviceKey({ keyFile, secrets }: Pick<AgentHome, 'keyFile' | 'secrets'>): Signer {
  if (!existsSync(keyFile)) {
    const { privateKey } = generateKeyPairSync('ed25519')
    replaceFile(keyFile, secrets.seal(NAME, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()))
  }
  const privateKey = createPrivateKey(secrets.open(NAME, readFileSync(keyFile, 'utf8'), (sealed) => replaceFile(keyFile, sealed)))
  const { x } = publicJwkSchema.parse(createPublicKey(privateKey).export({ format: 'jwk' }))
  return { publicKey: x, sign: (message) => sign(null, message, privateKey).toString('base64url') }
}
