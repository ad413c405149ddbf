/** What the verifier needs of the place where a call's files lie: a disk, memory, a browser's drop zone. */

export interface LogFolder {
  /** `null` when there is no such file. Who opens a file closes it. */
  open(name: string): Promise<LogFile | null>
}

export interface LogFile {
  readonly sizeBytes: number
  /** Fewer bytes than asked for where the file ends. The bytes may be overwritten by the next read. */
  read(offsetBytes: number, bytes: number): Promise<Uint8Array>
  close(): Promise<void>
}

/** Lends a file and takes it back. */
export async function withFile<T>(folder: LogFolder, name: string, use: (file: LogFile | null) => Promise<T>): Promise<T> {
  const file = await folder.open(name)
  try {
    return await use(file)
  } finally {
    await file?.close()
  }
}
