// One set-up at a time: a second one waits for the first, and a lock whose holder has died is taken over.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { say, SETUP_DIR } from './run.mjs'

const LOCK = join(SETUP_DIR, 'lock')
const POLL_MS = 200
/** A lock is empty between its making and the writing of the process id into it. */
const EMPTY_LOCK_POLLS = 10

export async function withLock(work) {
  await takeLock()
  const release = () => rmSync(LOCK, { force: true })
  process.once('exit', release)
  try {
    return await work()
  } finally {
    process.off('exit', release)
    release()
  }
}

async function takeLock() {
  mkdirSync(SETUP_DIR, { recursive: true })
  for (let poll = 0; !isTaken(); poll++) {
    const holder = holderOf()
    const isDead = holder === null ? poll >= EMPTY_LOCK_POLLS : !isAlive(holder)
    if (isDead) rmSync(LOCK, { force: true })
    else if (poll === 0) say(`waiting for the set-up that process ${holder ?? 'of another command'} is doing`)
    if (!isDead) await sleep(POLL_MS)
  }
}

function isTaken() {
  try {
    writeFileSync(LOCK, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}

function holderOf() {
  try {
    return Number(readFileSync(LOCK, 'utf8')) || null
  } catch (error) {
    if (error.code === 'ENOENT') return null
    throw error
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // Somebody else's process is alive as well.
    return error.code === 'EPERM'
  }
}
