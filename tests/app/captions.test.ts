import { expect, it } from 'vitest'
import { makeCaptions } from '@/app/player/captions'
import { makeUtterance } from './sample-view'

it('makes captions of the transcript, with who speaks and without what leaked', () => {
  const leaked = { ...makeUtterance('customer', 9_000, 'echo'), leakedFrom: 'technician' as const }
  const captions = makeCaptions([makeUtterance('technician', 3_661_500, 'Flex <20> & more'), leaked], ({ track }) => `The ${track}`)
  expect(captions).toBe('WEBVTT\n\n01:01:01.500 --> 01:01:03.400\n<v The technician>Flex &lt;20&gt; &amp; more\n')
})
