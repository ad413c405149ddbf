/** What can go wrong between the server and its database, in words that say what to do. */

export type DatabaseErrorReason = 'no-binaries' | 'other-version' | 'not-started' | 'unreachable' | 'refused' | 'in-use' | 'closed-folder' | 'migration'

export class DatabaseError extends Error {
  override readonly name = 'DatabaseError'

  private constructor(
    readonly reason: DatabaseErrorReason,
    message: string,
    cause?: unknown,
  ) {
    super(message, { cause })
  }

  static noBinaries(packageName: string, cause: unknown): DatabaseError {
    return new DatabaseError('no-binaries', `the package ${packageName} with Postgres for this system is not installed; install it, or set DATABASE_URL to a PostgreSQL server`, cause)
  }

  static otherVersion(directory: string, found: string, expected: string): DatabaseError {
    return new DatabaseError('other-version', `${directory} was written by Postgres ${found}, the installed one is ${expected}; go back to the version of Callwitness that wrote it and export its data first`)
  }

  static notStarted(step: string, output: string): DatabaseError {
    return new DatabaseError('not-started', `Postgres: ${step} failed:\n${output.trim()}`)
  }

  static unreachable(address: string, why: string, cause: unknown): DatabaseError {
    return new DatabaseError('unreachable', `no PostgreSQL answers at ${address}, which DATABASE_URL names (${why}); start it or correct DATABASE_URL, or leave that out and the server runs a Postgres of its own.`, cause)
  }

  static refused(address: string, why: string, cause: unknown): DatabaseError {
    return new DatabaseError('refused', `the PostgreSQL at ${address} does not let the server in (${why}); correct the user, the password and the database in DATABASE_URL.`, cause)
  }

  static inUse(directory: string, waitedMs: number): DatabaseError {
    return new DatabaseError('in-use', `another process has been starting or stopping the database in ${directory} for ${waitedMs / 1000} s; end it and try again`)
  }

  static folderClaimed(directory: string): DatabaseError {
    return new DatabaseError('in-use', `another Callwitness server runs on the data folder ${directory}; stop it, or set CALLWITNESS_DATA to another folder`)
  }

  static orphanedProcesses(directory: string, pids: readonly number[]): DatabaseError {
    return new DatabaseError('in-use', `processes of a dead Postgres still use ${directory} (${pids.join(', ')}); end them and try again`)
  }

  static noRootHome(folder: string, cause: unknown): DatabaseError {
    return new DatabaseError('closed-folder', `Postgres does not run as root, other users cannot enter the data folder, and ${folder} cannot be made; move the data folder (CALLWITNESS_DATA) or set DATABASE_URL`, cause)
  }

  static closedFolder(folder: string): DatabaseError {
    return new DatabaseError('closed-folder', `the database is in ${folder}, which its user "postgres" cannot enter any more; let other users pass through it and the folders above (chmod o+x)`)
  }

  static needsReset(why: string): DatabaseError {
    return new DatabaseError('migration', `the database does not follow prisma/migrations and would have to be emptied: ${why}`)
  }

  static unexecutableMigration(steps: readonly string[]): DatabaseError {
    return new DatabaseError('migration', `the change of prisma/schema.prisma cannot be applied to the rows that are there:\n${steps.join('\n')}`)
  }
}
