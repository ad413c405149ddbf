import { describe, expect, it } from 'vitest'
import { withNews, wordsKnownUntil } from '@/app/call/live-words'
import type { CallView } from '@/server/timeline/view'
import { makeCallView, makeUtterance } from './sample-view'

const tracks = (['technician', 'customer', 'screen'] as const).map((track) => ({ track })) as CallView['tracks']
const running = (utterances: CallView['utterances']): CallView => makeCallView({ state: 'recording', tracks, utterances })
const [hello, yes, good] = [makeUtterance('technician', 1_000, 'Hello.'), makeUtterance('customer', 4_000, 'Yes.'), makeUtterance('technician', 9_000, 'Good.')]

describe('the words of a call that runs', () => {
  it('are known up to where the slower of its voices has come', () => expect(wordsKnownUntil(running([hello, yes, good]))).toBe(4_000))
  it('are all asked for while one voice has none yet', () => expect(wordsKnownUntil(running([hello, good]))).toBe(0))
  it('are all asked for once it is closed: its transcript is made final', () => expect(wordsKnownUntil({ ...running([hello, yes]), state: 'closed' })).toBe(0))

  it('are those that were there and those that came, each once', () => {
    const more = makeUtterance('customer', 12_000, 'Yes, roaming.')
    const shown = withNews(running([hello, yes, good]), { ...running([yes, good, more]), lengthMs: 15_000 }, 4_000)
    expect(shown.utterances.map(({ text }) => text)).toEqual(['Hello.', 'Yes.', 'Good.', 'Yes, roaming.'])
    expect(shown.lengthMs).toBe(15_000)
  })
})
