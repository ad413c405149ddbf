/** Where the agent is and the pairing secret: from the options page, or built in for an installation that nobody clicks through. */
import { z } from 'zod'

/** Replaced when the extension is built; see build.mjs. */
declare const BUILT_IN_AGENT: Settings | null

const SETTINGS = 'settings'
export const DEFAULT_AGENT_PORT = 47_810

export const settingsSchema = z.object({ port: z.int().min(1).max(65_535), pairingSecret: z.string().min(1) })
export type Settings = z.infer<typeof settingsSchema>

/** `null` until the extension is paired. */
export async function findSettings(): Promise<Settings | null> {
  const stored = settingsSchema.safeParse((await chrome.storage.local.get(SETTINGS))[SETTINGS])
  return stored.success ? stored.data : BUILT_IN_AGENT
}

export const storeSettings = (settings: Settings): Promise<void> => chrome.storage.local.set({ [SETTINGS]: settings })
