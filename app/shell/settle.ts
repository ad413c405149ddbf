/** Turns expected refusals of the server into answers; faults stay faults. */
import { AccessError } from '@/server/access/errors'
import { TrainingError } from '@/server/training/errors'
import { translate } from '../i18n/translate'
import { type ChangeAnswer, DONE } from '../ui/change-answer'

export async function settle(change: () => Promise<unknown>): Promise<ChangeAnswer> {
  try {
    await change()
    return DONE
  } catch (error) {
    if (error instanceof AccessError) return { isDone: false, message: error.message }
    if (error instanceof TrainingError) return { isDone: false, message: translate(`training.refused.${error.reason}`, error.seconds) }
    throw error
  }
}
