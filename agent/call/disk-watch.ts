/** Whether the disk still has room for media, asked now and then while a call is recorded. */

const CHECK_EVERY_MS = 5_000

export class DiskWatch {
  private nextMs = 0

  constructor(private readonly hasRoom: () => Promise<boolean>) {}

  begin(): void {
    this.nextMs = 0
  }

  /** To be called a few times a second with the call's position, in ms. True when the disk is nearly full, once a call. */
  async isFullAt(atMs: number): Promise<boolean> {
    if (atMs < this.nextMs) return false
    this.nextMs = atMs + CHECK_EVERY_MS
    if (await this.hasRoom()) return false
    this.nextMs = Infinity
    return true
  }
}
