/** What is assigned to somebody, above all; and for those who keep lists, their lists and a new one. */
import { GraduationCap, ListVideo } from 'lucide-react'
import type { TrainingOverview } from '@/server/training/view'
import { translate } from '../i18n/translate'
import { TopBar } from '../shell/TopBar'
import type { ChangeAnswer } from '../ui/change-answer'
import { Explanation } from '../ui/Explanation'
import { Section } from '../ui/Section'
import { AssignedLists } from './AssignedLists'
import { KeptLists } from './KeptLists'
import { ListForm, type Team } from './ListForm'

type TrainingPageProps = Readonly<TrainingOverview & { /** `null` for whoever keeps no lists. */ teams: readonly Team[] | null; onMake: (values: unknown) => Promise<ChangeAnswer> }>

export function TrainingPage({ assigned, kept, teams, onMake }: TrainingPageProps) {
  const toDo = assigned.filter(({ clipCount, tickedCount }) => tickedCount < clipCount)
  return (
    <>
      <TopBar title={translate('training.title')} detail={assigned.length > 0 && translate('training.to-do', { count: toDo.length })} />
      {assigned.length > 0 && <AssignedLists lists={assigned} />}
      {assigned.length === 0 && teams === null && (
        <Explanation icon={<GraduationCap aria-hidden="true" />} title={translate('training.empty.title')}>
          <p>{translate('training.empty.text')}</p>
        </Explanation>
      )}
      {kept.length > 0 && <KeptLists lists={kept} />}
      {teams && kept.length === 0 && (
        <div className="grid border-b border-line">
          <Explanation icon={<ListVideo aria-hidden="true" />} title={translate('training.no-lists.title')}>
            <p>{translate('training.no-lists.text')}</p>
          </Explanation>
        </div>
      )}
      {teams && (
        <Section title={translate('training.new')} text={translate('training.new-text')}>
          <ListForm teams={teams} onSave={onMake} />
        </Section>
      )}
    </>
  )
}
