import { describe, expect, it } from 'vitest'
import { fromBase64url, receiptMessage, sealMessage, sha256Hex, toBase64url, verifySignature } from '@/protocol/chain'
import { callIdSchema } from '@/protocol/ids'

const callId = callIdSchema.parse('7f1c2b9a-3d4e-4f5a-8b6c-1d2e3f4a5b6c')
const bytesOfHex = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'))
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

/** RFC 8032 §7.1, test 2. */
const RFC_KEY = toBase64url(bytesOfHex('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c'))
const RFC_SIGNATURE = toBase64url(
  bytesOfHex('92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00'),
)
const RFC_MESSAGE = Uint8Array.of(0x72)

describe('hashes', () => {
  it('are those of FIPS 180-4', async () => {
    expect(await sha256Hex(new TextEncoder().encode('abc'))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  })
})

describe('what is signed', () => {
  it('by a seal is spelled out line by line', () => {
    expect(text(sealMessage(callId, 41, 'ab'))).toBe('callwitness-seal-v1\n7f1c2b9a-3d4e-4f5a-8b6c-1d2e3f4a5b6c\n41\nab')
  })

  it('by a receipt has the time of the server', () => {
    expect(text(receiptMessage(callId, 42, 'cd', '2026-11-24T09:00:00.000Z'))).toBe(
      'callwitness-receipt-v1\n7f1c2b9a-3d4e-4f5a-8b6c-1d2e3f4a5b6c\n42\ncd\n2026-11-24T09:00:00.000Z',
    )
  })
})

describe('a signature', () => {
  it('is checked as RFC 8032 says', async () => {
    expect(await verifySignature(RFC_KEY, RFC_SIGNATURE, RFC_MESSAGE)).toBe(true)
    expect(await verifySignature(RFC_KEY, RFC_SIGNATURE, Uint8Array.of(0x73))).toBe(false)
  })

  it.each([
    ['a key of another length', RFC_KEY.slice(4), RFC_SIGNATURE],
    ['a signature of another length', RFC_KEY, RFC_SIGNATURE.slice(4)],
    ['letters that base64url does not have', RFC_KEY, `!${RFC_SIGNATURE.slice(1)}`],
    ['another spelling of the same bytes', RFC_KEY, `${RFC_SIGNATURE.slice(0, -1)}B`],
    ['nothing', '', ''],
  ])('with %s is a no, not a crash', async (_, key, signature) => {
    expect(await verifySignature(key, signature, RFC_MESSAGE)).toBe(false)
  })
})

describe('base64url', () => {
  it('comes back, without padding and fit for a URL', () => {
    const bytes = Uint8Array.of(0xfb, 0xff, 0xfe, 0x00)
    expect(toBase64url(bytes)).toBe('-__-AA')
    expect(fromBase64url('-__-AA')).toEqual(bytes)
  })
})
