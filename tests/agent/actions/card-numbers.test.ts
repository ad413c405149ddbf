import { describe, expect, it } from 'vitest'
import { hasCardNumber, WITHHELD, withholdCardNumbers } from '@/agent/capture/actions/card-numbers'

const VISA = '4111111111111111' // the test number that every payment provider publishes

describe('hasCardNumber', () => {
  it.each([
    ['plain', VISA],
    ['13 digits', '4222222222222'],
    ['15 digits of American Express', '3782 822463 10005'],
    ['19 digits', '6304000000000000000'],
    ['spaced in fours', '4111 1111 1111 1111'],
    ['spaced one by one', [...VISA].join(' ')],
    ['dashed', '4111-1111-1111-1111'],
    ['dotted', '4111.1111.1111.1111'],
    ['with slashes and blanks', '4111 / 1111 / 1111 / 1111'],
    ['on several lines', '4111\n1111\n1111\n1111'],
    ['with non-breaking spaces', '4111\u00a01111\u00a01111\u00a01111'],
    ['with invisible characters', '4111\u200b1111\u200d1111\ufeff1111'],
    ['with soft hyphens', '4111\u00ad1111\u00ad1111\u00ad1111'],
    ['in full width', '４１１１１１１１１１１１１１１１'],
    ['in Arabic-Indic digits', '٤١١١ ١١١١ ١١١١ ١١١١'],
    ['in mathematical digits', [...VISA].map((digit) => String.fromCodePoint(0x1d7ce + Number(digit))).join('')],
    ['inside a sentence', `he read 4111 1111 1111 1111, valid 12/27, code 123`],
    ['glued to its expiry date', `${VISA}1227`],
    ['glued to its code, with one digit before', `7${VISA}123`],
    ['glued to a word', `card${VISA}visa`],
    ['after another number', `84 4111 1111 1111 1111`],
    ['in an address', `https://crm.example/pay?n=${VISA}`],
  ])('finds one %s', (_how, text) => expect(hasCardNumber(text)).toBe(true))

  it.each([
    ['a telephone number', '+62 812 5550 184'],
    ['a short account number', '8841 2207'],
    ['one digit off', '4111111111111112'],
    ['zeros', '0000000000000000'],
    ['twelve digits', '411111111111'],
    ['two numbers in two sentences', 'Called +62 812 5550 184 on 24 November about bill 3312'],
    ['nothing', ''],
  ])('leaves alone %s', (_what, text) => expect(hasCardNumber(text)).toBe(false))

  it('is quick on a long text of digits', () => {
    const startedMs = performance.now()
    hasCardNumber('1234567 '.repeat(5_000))
    hasCardNumber('7'.repeat(8_000))
    expect(performance.now() - startedMs).toBeLessThan(3_000)
  })
})

describe('withholdCardNumbers', () => {
  it('replaces every text that holds one, wherever it stands, and nothing else', () => {
    const action = withholdCardNumbers({
      source: 'crm',
      verb: 'changed',
      object: { type: 'ticket', id: '48213', name: `Pay with ${VISA}`, url: `https://crm.example/${VISA}` },
      changes: [{ field: 'comment', label: 'Comment', from: null, to: '4111 1111 1111 1111 code 123' }],
    })
    expect(action).toEqual({
      source: 'crm',
      verb: 'changed',
      object: { type: 'ticket', id: '48213', name: WITHHELD, url: WITHHELD },
      changes: [{ field: 'comment', label: 'Comment', from: null, to: WITHHELD }],
    })
  })
})
