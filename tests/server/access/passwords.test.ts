/** Passwords: what is stored, what is accepted, and that an unknown user costs as much as a wrong password. */
import { expect, test } from 'vitest'
import { hashPassword, verifyPassword } from '@/server/access/passwords'

const PASSWORD = 'correct horse battery'

test('the hash names its scheme and parameters and differs each time', async () => {
  const [first, second] = await Promise.all([hashPassword(PASSWORD), hashPassword(PASSWORD)])
  expect(first).toMatch(/^scrypt\$32768\$8\$3\$[A-Za-z0-9+/=]{24}\$[A-Za-z0-9+/=]{44}$/)
  expect(first).not.toBe(second)
})

test('the right password is accepted, however the keyboard composed it, and another is not', async () => {
  const stored = await hashPassword('café au lait')
  expect(await verifyPassword('cafe\u0301 au lait', stored)).toBe(true)
  expect(await verifyPassword('cafe au lait', stored)).toBe(false)
})

test('a password made with other parameters is still checked with them', async () => {
  // RFC 7914 §12, third vector.
  const hash = Buffer.from('7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2', 'hex')
  const stored = `scrypt$16384$8$1$${Buffer.from('SodiumChloride').toString('base64')}$${hash.toString('base64')}`
  expect(await verifyPassword('pleaseletmein', stored)).toBe(true)
})

test('nobody signs in as an unknown user', async () => {
  expect(await verifyPassword('', null)).toBe(false)
})

test('an unknown user costs as much work as a wrong password', async () => {
  const stored = await hashPassword(PASSWORD)
  // CPU time of all threads: the clock on the wall also measures what else the machine does.
  const costMicros = async (hash: string | null) => {
    const before = process.cpuUsage()
    await verifyPassword('wrong horse', hash)
    const { user, system } = process.cpuUsage(before)
    return user + system
  }
  const ratios: number[] = []
  for (let round = 0; round < 3; round++) ratios.push((await costMicros(null)) / (await costMicros(stored)))
  const median = ratios.sort((a, b) => a - b)[1]
  expect(median).toBeGreaterThan(0.5)
  expect(median).toBeLessThan(2)
}, 120_000)

test.each([9, 201])('a password of %i characters is refused with the limits', async (length) => {
  await expect(hashPassword('x'.repeat(length))).rejects.toThrow(`The password has ${length} characters; it needs 10 to 200.`)
})
