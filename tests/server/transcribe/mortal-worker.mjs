// A speech worker without a model: it answers, fails or dies as the first vocabulary term says. `argv[2]` may be `stillborn`.
import { existsSync, writeFileSync } from 'node:fs'

if (process.argv[2] === 'stillborn') process.exit(3)
process.on('disconnect', () => process.exit(0))
process.on('message', ({ options }) => {
  const [command, file] = options.vocabulary
  if (command === 'fail') return process.send({ kind: 'failed', message: 'no such sound' })
  if (command === 'die') return process.exit(9)
  if (command === 'die-once' && !existsSync(file)) {
    writeFileSync(file, '')
    return process.exit(9)
  }
  if (command === 'wait') return setTimeout(() => answer(command), 300)
  answer(command)
})
process.send({ kind: 'ready' })

function answer(text) {
  process.send({ kind: 'done', result: { words: [{ text, startMs: 0, endMs: 1, confidence: 1 }] } })
}
