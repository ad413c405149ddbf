/** A database as after some years: calls of 40 technicians, ten sentences and three actions in each, the same on each run. */
import { randomBytes } from 'node:crypto'
import type { Database } from '@/server/database/client'
import { makeViewer } from '../../tests/support/people'

const TECHNICIAN_COUNT = 40
const UTTERANCES_PER_CALL = 10
const ACTIONS_PER_CALL = 3
const CALLS_PER_STATEMENT = 10_000
/** Of each thousand calls. */
const LOST_PER_1000 = 26
const UNTRANSCRIBED_PER_1000 = 8

const FIRST_NAMES = ['Rina', 'Budi', 'Maria', 'Dewi', 'Tom', 'Siti', 'Kenji', 'Grace', 'Paulo', 'Amina', 'Joel', 'Ayu', 'Linda', 'Omar', 'Ines', 'Björn']
const LAST_NAMES = ['Hartono', 'Santoso', 'Okafor', 'Anggraini', 'Weber', 'Rahma', 'Mori', 'Liu', 'Reis', 'Haddad', 'Kim', 'Lestari', 'Marsh', 'Nilsson', 'Costa', 'Wibowo']
const WORDS =
  'please could you switch roaming on for my line the router is broken again since monday I would like to change the plan to flex forty my bill is too high can you refund twelve dollars cancel the contract we will send a new sim card tomorrow the number should be ported thank you for calling northstar support this is linda how can I help'.split(' ')

/** Inserts everything and lets Postgres look at it; returns the people's sign-in. */
export async function seedCalls(database: Database, callCount: number): Promise<{ adminEmail: string }> {
  const admin = await makeViewer(database, 'admin')
  const technicians = await database.user.createManyAndReturn({
    data: Array.from({ length: TECHNICIAN_COUNT }, (_, index) => ({ email: `technician.${index}@example.com`, name: `${FIRST_NAMES[index % 16]} ${LAST_NAMES[(index * 5) % 16]}`, role: 'technician' as const, passwordHash: '' })),
    select: { id: true },
  })
  const devices = await database.device.createManyAndReturn({
    data: technicians.map(({ id }, index) => ({ userId: id, name: `desk ${index}`, publicKey: randomBytes(32).toString('base64url'), tokenHash: randomBytes(32).toString('hex'), agentVersion: '0.1.0', platform: 'linux' })),
    select: { id: true, userId: true },
  })
  for (let first = 0; first < callCount; first += CALLS_PER_STATEMENT) {
    const length = Math.min(CALLS_PER_STATEMENT, callCount - first)
    await insertCalls(database, devices, Array.from({ length }, (_, index) => first + index))
  }
  await database.$executeRawUnsafe('vacuum analyze')
  return { adminEmail: admin.email }
}

async function insertCalls(database: Database, devices: { id: string; userId: string }[], numbers: number[]): Promise<void> {
  const ids = numbers.map((number) => `00000000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`)
  const deviceOf = (number: number) => devices[(number * 7) % devices.length]!
  const lostMs = numbers.map((number) => ((number * 37) % 1_000 < LOST_PER_1000 ? 1_000 + (number % 60) * 250 : 0))
  const lengthMs = numbers.map((number) => 60_000 + ((number * 7_919) % 1_200) * 1_000)
  const name = (number: number): string => `${FIRST_NAMES[number % FIRST_NAMES.length]} ${LAST_NAMES[Math.floor(number / 16) % LAST_NAMES.length]}`
  await database.$executeRaw`
    insert into "Call" ("id", "technicianId", "deviceId", "state", "startedAt", "timeZone", "lengthMs", "customerName", "customerPhone", "completeness", "lostMs", "hasChange")
    select id::uuid, technician::uuid, device::uuid, 'closed', now() - number * interval '7 minutes', 'Asia/Jakarta', length, name, phone, completeness::jsonb, lost, number % 3 > 0
    from unnest(${ids}::text[], ${numbers.map((number) => deviceOf(number).userId)}::text[], ${numbers.map((number) => deviceOf(number).id)}::text[], ${numbers}::int[], ${lengthMs}::int[],
      ${numbers.map(name)}::text[], ${numbers.map((number) => `+62 812 ${1_000 + (number % 9_000)} ${100 + (Math.floor(number / 9_000) % 900)}`)}::text[],
      ${numbers.map((_, index) => JSON.stringify(completenessOf(lengthMs[index]!, lostMs[index]!)))}::text[], ${lostMs}::int[])
      as row(id, technician, device, number, length, name, phone, completeness, lost)`
  const said = numbers.flatMap((number) => Array.from({ length: UTTERANCES_PER_CALL }, (_, index) => sentence(number * UTTERANCES_PER_CALL + index)))
  await database.$executeRaw`
    insert into "Utterance" ("callId", "track", "startMs", "endMs", "text", "words")
    select id::uuid, case place % 2 when 0 then 'technician' else 'customer' end, place * 5000, place * 5000 + 4000, text, '[]'
    from unnest(${ids.flatMap((id) => Array.from({ length: UTTERANCES_PER_CALL }, () => id))}::text[], ${said}::text[], ${said.map((_, index) => index % UTTERANCES_PER_CALL)}::int[]) as row(id, text, place)`
  const done = numbers.flatMap((number, index) => Array.from({ length: ACTIONS_PER_CALL }, (_, seq) => ({ id: ids[index]!, seq, changes: JSON.stringify(number % 3 > 0 ? [changeOf(number + seq)] : []) })))
  await database.$executeRaw`
    insert into "Action" ("callId", "seq", "atMs", "source", "verb", "objectType", "objectName", "changes")
    select id::uuid, seq, seq * 9000, 'sandbox', 'changed', 'line', 'Line ' || seq, changes::jsonb
    from unnest(${done.map(({ id }) => id)}::text[], ${done.map(({ seq }) => seq)}::int[], ${done.map(({ changes }) => changes)}::text[]) as row(id, seq, changes)`
  await database.$executeRaw`
    insert into "CallTask" ("callId", "kind", "state")
    select id::uuid, kind, (case when kind = 'transcript' and number * 61 % 1000 < ${UNTRANSCRIBED_PER_1000}::int then 'failed' else 'done' end)::"TaskState"
    from unnest(${ids}::text[], ${numbers}::int[]) as row(id, number), unnest(enum_range(null::"TaskKind")) as kind`
}

const completenessOf = (lengthMs: number, lostMs: number) => ({
  lengthMs,
  tracks: ['technician', 'customer', 'screen'].map((track) => {
    const lost = track === 'screen' ? lostMs : 0
    const ranges = lost > 0 ? [{ fromMs: 0, toMs: 20_000, state: 'recorded' }, { fromMs: 20_000, toMs: 20_000 + lost, state: 'lost', cause: 'unexplained' }, { fromMs: 20_000 + lost, toMs: lengthMs, state: 'recorded' }] : [{ fromMs: 0, toMs: lengthMs, state: 'recorded' }]
    return { track, recordedMs: lengthMs - lost, pausedMs: 0, lostMs: lost, ranges }
  }),
})

/** Eight words from different places, and one that hardly any other sentence has. */
function sentence(number: number): string {
  const words = Array.from({ length: 8 }, (_, index) => WORDS[(number * (index + 3) + index * 17) % WORDS.length]!)
  return `${words.join(' ')} ${number % 50 === 0 ? `ref${number}` : ''}`.trim()
}

function changeOf(number: number) {
  const [field, from, to] = [['roaming', 'off', 'on'], ['plan', 'Flex 20', 'Flex 40'], ['refund', '', '12.00'], ['sim', '8962100', `8962${number}`]][number % 4]!
  return { field, label: field, from, to }
}
