/** The transcript as captions of the screen video (WebVTT, https://www.w3.org/TR/webvtt1/). Pure. */
import type { UtteranceView } from '@/server/timeline/view'

/** `nameOf` says who spoke; leaked speech is nobody's and is left out. */
export function makeCaptions(utterances: readonly UtteranceView[], nameOf: (utterance: UtteranceView) => string): string {
  const cues = utterances
    .filter((utterance) => utterance.leakedFrom === null)
    .map((utterance) => `${timestamp(utterance.startMs)} --> ${timestamp(utterance.endMs)}\n<v ${escape(nameOf(utterance))}>${escape(utterance.text)}`)
  return ['WEBVTT', ...cues].join('\n\n') + '\n'
}

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll(/\s+/g, ' ')

function timestamp(atMs: number): string {
  const pad = (value: number, digits: number): string => String(Math.floor(value)).padStart(digits, '0')
  return `${pad(atMs / 3_600_000, 2)}:${pad((atMs / 60_000) % 60, 2)}:${pad((atMs / 1_000) % 60, 2)}.${pad(atMs % 1_000, 3)}`
}
