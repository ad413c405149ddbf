/** What every answer and every connection has to pass: who may frame us, which names we answer to, whose pages may connect. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { isLoopback } from '../env'

/**
 * Of the scripts in the page itself only Next's and the theme switch's run, which carry the nonce; nothing comes from
 * elsewhere. WebAssembly decodes live sound where the browser cannot.
 */
export const contentSecurityPolicy = (nonce: string, isDevelopment: boolean): string =>
  [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'wasm-unsafe-eval'${isDevelopment ? " 'unsafe-eval'" : ''}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')

export function setSecurityHeaders(res: ServerResponse, { policy, isHttps }: { policy: string; isHttps: boolean }): void {
  res.setHeader('Content-Security-Policy', policy)
  res.setHeader('X-Content-Type-Options', 'nosniff')
  res.setHeader('X-Frame-Options', 'DENY')
  res.setHeader('Referrer-Policy', 'same-origin')
  res.setHeader('Cross-Origin-Resource-Policy', 'same-origin')
  res.setHeader('Cross-Origin-Opener-Policy', 'same-origin')
  res.setHeader('Permissions-Policy', 'camera=(), microphone=(self), geolocation=()')
  if (isHttps) res.setHeader('Strict-Transport-Security', 'max-age=31536000')
}

/** Whoever has such an address is let in: it is told to nobody, not even to our own files. */
export const isSecretAddress = (pathname: string): boolean => /^\/(invite|join|setup)(\/|$)/.test(pathname)

/**
 * Whether the request was meant for us. A page elsewhere can point a name of its own at a loopback address (DNS
 * rebinding); the browser then still sends that name.
 */
export function isOurHost(req: IncomingMessage, publicUrl: string | null): boolean {
  const host = req.headers.host
  if (host === undefined || !URL.canParse(`http://${host}`)) return false
  if (publicUrl !== null && host === new URL(publicUrl).host) return true
  return isLoopback(new URL(`http://${host}`).hostname.replace(/^\[|\]$/g, ''))
}

/** Browsers tell whose page opens a web socket and are not stopped by cookies' SameSite; programs tell nothing. */
export function isOurOrigin(req: IncomingMessage, publicUrl: string | null): boolean {
  const { origin, host } = req.headers
  if (origin === undefined) return true
  if (!URL.canParse(origin)) return false
  return new URL(origin).host === host || (publicUrl !== null && origin === new URL(publicUrl).origin)
}
