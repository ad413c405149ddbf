/** Puts the page script on the origins that the agent's configuration allows, and that the browser has granted; on no others. */
import { matchPattern, parseAllowedOrigin } from '../../capture/actions/origins'

const SCRIPT_FILE = 'content.js'
const SCRIPT_ID = 'callwitness'
const ALLOWED_ORIGINS = 'allowedOrigins'

/** What the agent said last; it may be away when a page is opened. */
export async function readAllowedOrigins(): Promise<string[]> {
  return ((await chrome.storage.local.get(ALLOWED_ORIGINS))[ALLOWED_ORIGINS] as string[] | undefined) ?? [] // only written below
}

/** Origins that are allowed and for which the browser has yet to ask the person. */
export async function findUngrantedPatterns(allowedOrigins: readonly string[]): Promise<string[]> {
  const patterns = allowedOrigins.map((origin) => matchPattern(parseAllowedOrigin(origin)))
  const granted = await Promise.all(patterns.map((pattern) => chrome.permissions.contains({ origins: [pattern] })))
  return patterns.filter((_pattern, index) => !granted[index])
}

export async function watchPages(allowedOrigins: readonly string[]): Promise<void> {
  await chrome.storage.local.set({ [ALLOWED_ORIGINS]: allowedOrigins })
  const ungranted = new Set(await findUngrantedPatterns(allowedOrigins))
  const matches = allowedOrigins.map((origin) => matchPattern(parseAllowedOrigin(origin))).filter((pattern) => !ungranted.has(pattern))
  const [registered] = await chrome.scripting.getRegisteredContentScripts()
  if (JSON.stringify([...(registered?.matches ?? [])].sort()) === JSON.stringify([...matches].sort())) return
  if (registered) await chrome.scripting.unregisterContentScripts()
  if (matches.length === 0) return
  await chrome.scripting.registerContentScripts([{ id: SCRIPT_ID, js: [SCRIPT_FILE], matches, allFrames: true, runAt: 'document_start' }])
  await watchOpenPages(matches)
}

/** Pages that were open before the extension knew of them. */
async function watchOpenPages(matches: string[]): Promise<void> {
  for (const { id } of await chrome.tabs.query({ url: matches })) {
    if (id === undefined) continue
    await chrome.scripting.executeScript({ target: { tabId: id, allFrames: true }, files: [SCRIPT_FILE] }).catch((error: unknown) => {
      console.warn(`A page that was already open is watched from its next load on: ${String(error)}`)
    })
  }
}
