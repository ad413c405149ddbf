/**
 * How words that come replace words that are shown, so that text is corrected and never vanishes in between.
 *
 * What has the same `track` and `startMs` is the same stretch, further understood. What is final also replaces whatever of its
 * track it overlaps and reaches to the end of; a caption that goes on beyond it stays until the rest has come too.
 */
import type { LiveWords } from './live-messages'

/** How far apart the ends of the same speech may be found in captions and in the transcript. */
const SAME_END_MS = 300

/** In order of time. Words without text take away what they replace. */
export function addLiveWords(shown: readonly LiveWords[], news: LiveWords): LiveWords[] {
  if (!news.isFinal && shown.some((words) => words.isFinal && covers(words, news))) return [...shown]
  const rest = shown.filter((words) => !replaces(news, words))
  return (news.text === '' ? rest : [...rest, news]).sort((a, b) => a.startMs - b.startMs)
}

const replaces = (news: LiveWords, words: LiveWords): boolean =>
  (news.track === words.track && news.startMs === words.startMs) || (news.isFinal && covers(news, words))

const covers = (news: LiveWords, words: LiveWords): boolean =>
  news.track === words.track && news.startMs < words.endMs && words.startMs < news.endMs && words.endMs <= news.endMs + SAME_END_MS
