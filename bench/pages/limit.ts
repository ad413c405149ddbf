/** A page that never shows what is waited for ends the bench with its name, instead of holding it up for ever. */
const LIMIT_MS = 30_000

export async function withLimit<T>(what: string, arrival: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Error(`${what} did not come within ${LIMIT_MS / 1_000} s`)), LIMIT_MS)
  })
  return Promise.race([arrival, late]).finally(() => clearTimeout(timer))
}
