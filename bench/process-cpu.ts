/** Processor time of a process and of everything it started, program by program, from Linux's /proc. */
import { readdirSync, readFileSync } from 'node:fs'

/** USER_HZ is 100 on every Linux architecture that Node runs on. */
const TICKS_PER_SECOND = 100
/** Children that have ended count for those who waited for them, and their names are gone. */
const ENDED = 'ended'

type ProcessStat = { pid: number; parent: number; program: string; ownTicks: number; endedTicks: number }

/** Seconds so far by the name of the program. */
export function cpuSecondsByProgram(rootPid: number): Map<string, number> {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap(readStat)
  const family = new Set([rootPid])
  // A child may be listed before its parent, so repeat until nobody joins.
  for (let size = 0; size < family.size; ) {
    size = family.size
    for (const { pid, parent } of all) if (family.has(parent)) family.add(pid)
  }
  const seconds = new Map<string, number>()
  const add = (program: string, ticks: number): void => void seconds.set(program, (seconds.get(program) ?? 0) + ticks / TICKS_PER_SECOND)
  for (const { pid, program, ownTicks, endedTicks } of all) {
    if (!family.has(pid)) continue
    add(program, ownTicks)
    add(ENDED, endedTicks)
  }
  return seconds
}

/** proc(5): the name in parentheses may hold spaces; after it come state (3), ppid (4) … utime (14) to cstime (17). */
function readStat(pid: string): ProcessStat[] {
  try {
    const [name = '', rest = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(/\((.*)\) /s).slice(1)
    const fields = rest.split(' ').map(Number)
    return [{ pid: Number(pid), parent: fields[1]!, program: name, ownTicks: fields[11]! + fields[12]!, endedTicks: fields[13]! + fields[14]! }]
  } catch {
    // It ended between listing and reading.
    return []
  }
}
