/** The built files of the panel's page, held in memory: there are few and they are small. */
import { readdir, readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { PanelError } from './errors'

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.woff2': 'font/woff2',
}

export type PageFile = { contentType: string; bytes: Buffer }

/** By route, such as `GET /panel.css`. */
export async function readPageFiles(folder: string): Promise<ReadonlyMap<string, PageFile>> {
  try {
    const files = new Map<string, PageFile>()
    for (const name of await readdir(folder)) {
      const contentType = CONTENT_TYPES[extname(name)]
      if (contentType) files.set(name === 'index.html' ? 'GET /' : `GET /${name}`, { contentType, bytes: await readFile(join(folder, name)) })
    }
    if (!files.has('GET /')) throw new Error('there is no index.html')
    return files
  } catch (cause) {
    throw PanelError.notBuilt(folder, cause)
  }
}
