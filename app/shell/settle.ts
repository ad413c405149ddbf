/** Turns expected refusals of the server into answers; faults stay faults. */
import { AccessError } from '@/server/access/errors'
import { TrainingError } from '@/server/training/errors'
import { type ChangeAnswer, DONE } from '../ui/change-answer'

export async function settle(change: () => Promise<unknown>): Promise<ChangeAnswer> {
  try {
    await change()
    return DONE
  } catch (error) {
    if (error instanceof AccessError || error instanceof TrainingError) return { isDone: false, message: error.message }
    throw error
  }
}
