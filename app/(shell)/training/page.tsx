/** Training: what is assigned to whoever looks, and the lists that he keeps. */
import type { Metadata } from 'next'
import { listTeams } from '@/server/access/teams'
import { getRuntime } from '@/server/runtime'
import { findTraining } from '@/server/training/find-lists'
import { mayTrain } from '@/server/training/rights'
import { translate } from '@/app/i18n/translate'
import { requireViewer } from '@/app/shell/require-viewer'
import { TrainingPage } from '@/app/training/TrainingPage'
import { makeTrainingList } from './actions'

export const metadata: Metadata = { title: translate('training.title') }

export default async function TrainingRoute() {
  const viewer = await requireViewer('/training')
  const { database } = getRuntime()
  const [training, teams] = await Promise.all([findTraining(database, viewer), mayTrain(viewer) ? listTeams(database, viewer) : null])
  return <TrainingPage {...training} teams={teams && teams.map(({ id, name }) => ({ id, name }))} onMake={makeTrainingList} />
}
