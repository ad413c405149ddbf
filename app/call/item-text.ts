/** What the column shows of an item, as text: for the search. Pure. */
import type { ColumnItem } from '../player/column'
import { describeChange, describeSubject } from './action-text'
import type { CallText } from './call-text'
import { coachSentence, presenceSentence } from './coach-text'
import { missingSentence } from './missing-text'

export function itemText(item: ColumnItem, t: CallText): string {
  switch (item.kind) {
    case 'speech':
      return item.speech.utterance.text
    case 'action': {
      const changes = item.action.changes.map((change) => describeChange(change, t)).flatMap(({ label, from, to }) => [label, from ?? '', to])
      return [...changes, describeSubject(item.action, t)].join('\n')
    }
    case 'note':
      return item.note.text
    case 'moment':
      return item.moment.notes.map(({ text }) => text).join('\n')
    case 'missing':
      return missingSentence(item.range, t)
    case 'unknown':
      return item.entry.json
    case 'presence':
      return presenceSentence(item.presence, t)
    case 'coach':
      return coachSentence(item.stretch, t)
    case 'consent':
    case 'hold':
    case 'hang-up':
      return ''
  }
}
