/** Makes the speech model ready in `models/`: run by the set-up. */
import { join } from 'node:path'
import { prepareModel } from '@/server/transcribe/prepare-model'

await prepareModel({ modelsDir: join(import.meta.dirname, '..', '..', 'models'), onProgress: console.log })
