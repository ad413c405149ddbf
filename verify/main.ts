/** `npm run verify -- <folder>`: a verdict a line; exit 0 when nothing contradicts the log, 1 when something does, 2 for wrong usage. */
import { stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { LOG_FILE } from '@/protocol/entries'
import { checkLog } from './check-log'
import { openDiskFolder } from './disk-folder'
import { describeReport } from './describe-report'

const USAGE = `usage: npm run verify -- <folder> [--json] [--device-key KEY] [--server-key KEY]

  <folder>      a call's folder: log.jsonl, the track files, and custody.jsonl where there is one
  --json        the whole report as one JSON object
  --device-key, --server-key
                public keys known from elsewhere (base64url): the signatures must be by these`

async function main(): Promise<number> {
  const { values, positionals } = readArguments()
  if (values.help) {
    process.stdout.write(`${USAGE}\n`)
    return 0
  }
  const [folder] = positionals
  if (!folder || positionals.length > 1) return complain(USAGE)
  const path = resolve(process.env['CALLWITNESS_CWD'] ?? '.', folder)
  const hasLog = await stat(join(path, LOG_FILE)).then((found) => found.isFile(), () => false)
  if (!hasLog) return complain(`there is no ${LOG_FILE} in ${path}; give the folder of one call\n\n${USAGE}`)

  const report = await checkLog(openDiskFolder(path), { deviceKey: values['device-key'], serverKey: values['server-key'] })
  process.stdout.write(values.json ? `${JSON.stringify(report, null, 2)}\n` : describeReport(report))
  return report.isVerified ? 0 : 1
}

function readArguments() {
  try {
    const options = { json: { type: 'boolean' }, 'device-key': { type: 'string' }, 'server-key': { type: 'string' }, help: { type: 'boolean' } } as const
    return parseArgs({ allowPositionals: true, options })
  } catch (error) {
    process.exit(complain(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`))
  }
}

function complain(text: string): number {
  process.stderr.write(`${text}\n`)
  return 2
}

process.exitCode = await main()
