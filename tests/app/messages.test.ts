/** Every string is one that next-intl can read. */
import { createTranslator, IntlErrorCode } from 'next-intl'
import { expect, it } from 'vitest'
import messages from '@/messages/en.json'

it.each(leaves(messages))('%s is a well-formed message', (key) => {
  const unreadable: string[] = []
  const translate = createTranslator({
    locale: 'en-GB',
    messages,
    // Values are missing here, which is not what is tested.
    onError: (error) => error.code === IntlErrorCode.INVALID_MESSAGE && unreadable.push(error.message),
  })
  translate(key as never)
  expect(unreadable).toEqual([])
})

function leaves(tree: object, prefix = ''): string[] {
  return Object.entries(tree).flatMap(([key, value]) => (typeof value === 'string' ? [prefix + key] : leaves(value as object, `${prefix}${key}.`)))
}
