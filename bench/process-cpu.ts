/** Processor time of a process and of everything it started, from Linux's /proc. */
import { readdirSync, readFileSync } from 'node:fs'

/** USER_HZ is 100 on every Linux architecture that Node runs on. */
const TICKS_PER_SECOND = 100

type ProcessStat = { pid: number; parent: number; ticks: number }

/** Seconds so far; children that have ended count for those who waited for them. */
export function cpuSeconds(rootPid: number): number {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap(readStat)
  const family = new Set([rootPid])
  // A child may be listed before its parent, so repeat until nobody joins.
  for (let size = 0; size < family.size; ) {
    size = family.size
    for (const { pid, parent } of all) if (family.has(parent)) family.add(pid)
  }
  return all.filter(({ pid }) => family.has(pid)).reduce((sum, { ticks }) => sum + ticks, 0) / TICKS_PER_SECOND
}

/** proc(5): the name in parentheses may hold spaces; after it come state (3), ppid (4) … utime (14) to cstime (17). */
function readStat(pid: string): ProcessStat[] {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ').map(Number)
    return [{ pid: Number(pid), parent: fields[1]!, ticks: fields[11]! + fields[12]! + fields[13]! + fields[14]! }]
  } catch {
    // It ended between listing and reading.
    return []
  }
}
