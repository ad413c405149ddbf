/** Sends what a page's script would for one of its actions, by the name under which it is exported. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { HttpClient } from './http-client'

/** Next's own list of its actions, made by the build. */
const MANIFEST = resolve(import.meta.dirname, '../../.next/server/server-reference-manifest.json')

export async function callAction(client: HttpClient, path: string, name: string, args: readonly unknown[], headers: Record<string, string> = {}): Promise<Response> {
  const manifest = JSON.parse(readFileSync(MANIFEST, 'utf8')) as { node: Record<string, { exportedName: string }> }
  const [id] = Object.entries(manifest.node).find(([, action]) => action.exportedName === name)!
  return client.fetch(path, { method: 'POST', headers: { 'next-action': id, 'content-type': 'text/plain;charset=UTF-8', accept: 'text/x-component', ...headers }, body: JSON.stringify(args) })
}
