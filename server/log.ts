/** What the server tells the person who runs it: `info` is news, `warn` heals by itself, `error` needs somebody to look. */
export type Log = { info: (message: string) => void; warn: (message: string) => void; error: (message: string, cause?: unknown) => void }

export const consoleLog: Log = {
  info: (message) => console.log(message),
  warn: (message) => console.warn(message),
  error: (message, cause) => (cause === undefined ? console.error(message) : console.error(`${message}:`, cause)),
}
