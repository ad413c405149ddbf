/** `npm run bench [-- <name>…]`: runs the benchmarks one after the other and prints each figure beside its budget. */
import type { Bench, Figure } from './bench'
import { agentCpuBench, alignmentBench } from './capture'
import { hangUpBench } from './hang-up'
import { ingestBench } from './ingest'
import { captionsBench } from './live/captions'
import { pagesBench } from './pages/pages'
import { liveBench } from './live/report'
import { speechBench } from './speech'
import { storageBench } from './storage'
import { verifyBench } from './verify'

const BENCHES: readonly Bench[] = [alignmentBench, agentCpuBench, storageBench, ingestBench, hangUpBench, speechBench, captionsBench, liveBench, verifyBench, pagesBench]

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !BENCHES.some((bench) => bench.name === name))
if (unknown.length > 0) {
  process.stderr.write(`no benchmark is called ${unknown.join(', ')}; there are ${BENCHES.map(({ name }) => name).join(', ')}\n`)
  process.exit(2)
}

let isWithinBudgets = true
for (const bench of BENCHES.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  process.stderr.write(`${bench.name}\n`)
  const told: object[] = []
  const figures = await bench.measure((progress) => process.stderr.write(`  ${progress}\n`), (numbers) => told.push(numbers))
  figures.forEach((figure) => process.stdout.write(describe(figure)))
  told.forEach((numbers) => process.stdout.write(`${JSON.stringify(numbers)}\n`))
  isWithinBudgets &&= figures.every((figure) => figure.isWithinBudget)
}
process.exitCode = isWithinBudgets ? 0 : 1

function describe({ what, measured, budget, comparedTo, isWithinBudget }: Figure): string {
  return `${isWithinBudget ? 'ok  ' : 'OVER'}  ${what}: ${measured} (budget ${budget}); ${comparedTo}\n`
}
