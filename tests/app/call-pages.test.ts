/** Rows as they come: what is shown while others are fetched, and that a late answer changes nothing. */
import { describe, expect, it } from 'vitest'
import type { CallListItem } from '@/server/timeline/view'
import { type CallPage, CallPages } from '@/app/call-list/call-pages'

const summary = { count: 3, lengthMs: 0, lostCount: 0, lookCount: 0 }
const page = (ids: string[], next: string | null = null): CallPage => ({ items: ids.map((id) => ({ id }) as CallListItem), next, summary })

/** Answers are given by hand. */
function makePages() {
  const asked: { query: string; before: string | null; signal: AbortSignal; answer: (page: CallPage) => void; fail: () => void }[] = []
  const pages = new CallPages('', page(['a'], 'after a'), (query, before, signal) => new Promise((answer, reject) => asked.push({ query, before, signal, answer, fail: () => reject(new Error('away')) })))
  return { pages, asked, ids: () => pages.view().items.map(({ id }) => id) }
}
const settle = () => new Promise((done) => setTimeout(done))

describe('another filter', () => {
  it('keeps the old rows until the new ones are there', async () => {
    const { pages, asked, ids } = makePages()
    pages.show('look=any')
    expect([pages.view().state, ids()]).toEqual(['fetching', ['a']])
    asked[0]!.answer(page(['b']))
    await settle()
    expect([pages.view().state, pages.view().query, ids()]).toEqual(['ready', 'look=any', ['b']])
  })

  it('drops an answer that is not wanted any more', async () => {
    const { pages, asked, ids } = makePages()
    pages.show('q=ro')
    pages.show('q=roam')
    expect(asked[0]!.signal.aborted).toBe(true)
    asked[1]!.answer(page(['new']))
    asked[0]!.answer(page(['old']))
    await settle()
    expect(ids()).toEqual(['new'])
  })

  it('is not asked for when it is shown already', () => {
    const { pages, asked } = makePages()
    pages.show('')
    expect(asked).toEqual([])
  })

  it('that fails says so, keeps the rows and can be asked for again', async () => {
    const { pages, asked, ids } = makePages()
    pages.show('look=any')
    asked[0]!.fail()
    await settle()
    expect([pages.view().state, ids()]).toEqual(['failed', ['a']])
    pages.retry()
    asked[1]!.answer(page(['b']))
    await settle()
    expect([asked[1]!.query, pages.view().state, ids()]).toEqual(['look=any', 'ready', ['b']])
  })
})

describe('more rows', () => {
  it('come after the ones that are there, and are asked for once', async () => {
    const { pages, asked, ids } = makePages()
    pages.more()
    pages.more()
    expect(asked.map(({ before }) => before)).toEqual(['after a'])
    asked[0]!.answer(page(['b']))
    await settle()
    expect(ids()).toEqual(['a', 'b'])
    pages.more()
    expect(asked).toHaveLength(1)
  })

  it('of a filter that was left are not mixed with those of the new one', async () => {
    const { pages, asked, ids } = makePages()
    pages.more()
    pages.show('look=any')
    asked[0]!.answer(page(['b']))
    asked[1]!.answer(page(['c']))
    await settle()
    expect(ids()).toEqual(['c'])
  })
})
