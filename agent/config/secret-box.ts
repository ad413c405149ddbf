/** Encrypts what must not lie readable on the disk: the device's key and its token (AES-256-GCM, NIST SP 800-38D). */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { ConfigError } from './errors'
import { findKeyringKey, type Keeper, type KeptKey, openFileKey } from './secret-keeper'

const CIPHER = 'aes-256-gcm'
const NONCE_BYTES = 12
const TAG_BYTES = 16
/** `sealed-v1.<keeper of the key>.<base64url of nonce, tag and cipher text>` */
const SEALED = /^sealed-v1\.(keyring|file)\.([\w-]+)\s*$/

export class SecretBox {
  private keyring: Buffer | null | undefined

  constructor(private readonly options: { folder: string; keyFile: string; env: Readonly<Record<string, string | undefined>> }) {}

  /** Who keeps the key for what is encrypted from now on. */
  get keeper(): Keeper {
    return this.findKeyring() ? 'keyring' : 'file'
  }

  /** `name` is bound in: one secret cannot be put in another's place. */
  seal(name: string, secret: string): string {
    const { keeper, key } = this.keyOf(this.keeper)
    const nonce = randomBytes(NONCE_BYTES)
    const cipher = createCipheriv(CIPHER, key, nonce).setAAD(Buffer.from(name))
    const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
    return `sealed-v1.${keeper}.${Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64url')}`
  }

  /** The secret that is written as `text`. `rewrite` is given what is to stand there instead when it is plain or could be kept better. */
  open(name: string, text: string, rewrite: (sealed: string) => void): string {
    const [, keeper, data] = SEALED.exec(text) ?? []
    const secret = data === undefined ? text : this.decrypt(name, keeper === 'keyring' ? 'keyring' : 'file', Buffer.from(data, 'base64url'))
    if (keeper !== this.keeper) rewrite(this.seal(name, secret))
    return secret
  }

  private decrypt(name: string, keeper: Keeper, data: Buffer): string {
    const { key } = this.keyOf(keeper)
    try {
      const decipher = createDecipheriv(CIPHER, key, data.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES }).setAAD(Buffer.from(name))
      decipher.setAuthTag(data.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
      return Buffer.concat([decipher.update(data.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8')
    } catch (cause) {
      throw ConfigError.otherKey(name, keeper, cause)
    }
  }

  private keyOf(keeper: Keeper): KeptKey {
    if (keeper === 'file') return { keeper, key: openFileKey(this.options.keyFile) }
    const key = this.findKeyring()
    if (!key) throw ConfigError.keyringAway()
    return { keeper, key }
  }

  /** Asked once: it may ask the person. */
  private findKeyring(): Buffer | null {
    if (this.keyring === undefined) this.keyring = findKeyringKey(this.options.folder, this.options.env)
    return this.keyring
  }
}
