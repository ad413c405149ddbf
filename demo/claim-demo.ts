/** One demo at a time: a second one would meet the first one's server, database and browser. */
import { resolve } from 'node:path'
import { DatabaseError } from '@/server/database/errors'
import { claimFolder } from '@/server/database/folder-lock'
import { DEMO_FOLDER } from './folders'

/** Until the answer is called or the process ends. Throws when another demo of this checkout runs. */
export async function claimDemo(folder = resolve(DEMO_FOLDER)): Promise<() => Promise<void>> {
  try {
    return await claimFolder(folder)
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.reason !== 'in-use') throw error
    throw new Error(`A demo of this checkout runs already, with its data in ${folder}. Use that one, or end it with Ctrl-C and run this command again.`, { cause: error })
  }
}
