/** What whoever keeps a list does with it: who has done what, whom it is assigned to, its clips, the list itself. */
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { listTeams } from '@/server/access/teams'
import { getRuntime } from '@/server/runtime'
import { listAssignablePeople } from '@/server/training/assignments'
import { translate } from '@/app/i18n/translate'
import { requireViewer } from '@/app/shell/require-viewer'
import { TopBar } from '@/app/shell/TopBar'
import { AssignForm } from '@/app/training/AssignForm'
import { ClipRows } from '@/app/training/ClipRows'
import { ListForm } from '@/app/training/ListForm'
import { ProgressTable } from '@/app/training/ProgressTable'
import { BackLink } from '@/app/ui/BackLink'
import { Section } from '@/app/ui/Section'
import { assignTrainingList, deleteTrainingList, moveTrainingClip, removeTrainingClip, renameTrainingClip, saveTrainingList, unassignTrainingList } from '../../actions'
import { findListView } from '../find-list-view'

export const metadata: Metadata = { title: translate('training.manage.title') }

export default async function ManageRoute({ params }: Readonly<{ params: Promise<{ listId: string }> }>) {
  const { listId } = await params
  const viewer = await requireViewer(`/training/${listId}/manage`)
  const list = await findListView(listId)
  if (!list?.assignments) notFound()
  const { database } = getRuntime()
  const [people, teams] = await Promise.all([listAssignablePeople(database, viewer), listTeams(database, viewer)])
  const kept = list.clips.filter(({ isKept }) => isKept)
  return (
    <>
      <TopBar back={<BackLink href={`/training/${list.id}`} label={translate('training.manage.back')} />} title={list.name} detail={list.teaches} />
      <Section title={translate('training.manage.progress')} text={translate('training.manage.progress-text')}>
        <ProgressTable clips={list.clips} assignments={list.assignments} onTakeBack={unassignTrainingList.bind(null, list.id)} />
      </Section>
      <Section title={translate('training.manage.assign')} text={translate('training.manage.assign-text')}>
        <AssignForm people={people} assigned={list.assignments.map(({ userId }) => userId)} onAssign={assignTrainingList.bind(null, list.id)} />
      </Section>
      <Section title={translate('training.manage.clips')} text={translate('training.manage.clips-text')}>
        <ClipRows clips={kept} onRename={renameTrainingClip} onMove={moveTrainingClip} onRemove={removeTrainingClip} />
      </Section>
      <Section title={translate('training.manage.list')}>
        <ListForm list={list} teams={teams.map(({ id, name }) => ({ id, name }))} onSave={saveTrainingList.bind(null, list.id)} onDelete={deleteTrainingList.bind(null, list.id)} />
      </Section>
    </>
  )
}
