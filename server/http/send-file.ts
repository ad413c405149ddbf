/** A file of a call as an answer: whole or a byte range, and nothing again to whoever has it already. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import type { CallId } from '@/protocol/ids'
import type { MediaStore } from '../media/media-store'
import { parseByteRange, type ByteRange } from './byte-range'

/** `etag`: another one for another content, even of the same size. */
export type SentFile = { callId: CallId; file: string; contentType: string; sizeBytes: number; etag: string }

export async function sendFile(media: MediaStore, { callId, file, contentType, sizeBytes, etag }: SentFile, req: IncomingMessage, res: ServerResponse): Promise<void> {
  res.setHeader('Accept-Ranges', 'bytes')
  res.setHeader('Cache-Control', 'private, no-cache')
  res.setHeader('Content-Type', contentType)
  res.setHeader('ETag', etag)
  if (matches(req.headers['if-none-match'], etag)) return void res.writeHead(304).end()
  const isRangeCurrent = req.headers['if-range'] === undefined || req.headers['if-range'] === etag
  const range = isRangeCurrent ? parseByteRange(req.headers.range, sizeBytes) : null
  if (range === 'unsatisfiable') return void res.writeHead(416, { 'Content-Range': `bytes */${sizeBytes}` }).end()
  const { firstByte, lastByte } = range ?? { firstByte: 0, lastByte: sizeBytes - 1 }
  res.writeHead(range ? 206 : 200, { 'Content-Length': lastByte - firstByte + 1, ...(range && { 'Content-Range': contentRange(range, sizeBytes) }) })
  if (req.method === 'HEAD' || sizeBytes === 0) return void res.end()
  await pipeline(media.stream(callId, file, firstByte, lastByte + 1), res).catch(ignoreDeparture)
}

const matches = (header: string | undefined, etag: string): boolean => header !== undefined && header.split(/, */).some((value) => value === '*' || value.replace(/^W\//, '') === etag)

const contentRange = ({ firstByte, lastByte }: ByteRange, sizeBytes: number): string => `bytes ${firstByte}-${lastByte}/${sizeBytes}`

/** A player that seeks or a closed page lets go of its request: that is no fault. */
function ignoreDeparture(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE' && error.code !== 'ECONNRESET' && error.code !== 'EPIPE') throw error
}
