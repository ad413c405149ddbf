/** Which origins the configuration allows: `https://crm.example.com`, with a port, or `https://*.example.com` for all below. */
import { ActionError } from './errors'

const ALLOWED_ORIGIN = /^(https?):\/\/(\*\.)?([a-z0-9.-]+|\[[0-9a-f:]+\])(?::(\d{1,5}))?$/i

export type AllowedOrigin = { scheme: string; host: string; port: string; isWildcard: boolean }

/** Throws ActionError when the text is not an origin; a path, a query or `*` alone is never one. */
export function parseAllowedOrigin(text: string): AllowedOrigin {
  const match = ALLOWED_ORIGIN.exec(text)
  if (!match?.[1] || !match[3]) throw ActionError.notAnOrigin(text)
  return { scheme: match[1].toLowerCase(), host: match[3].toLowerCase(), port: match[4] ?? '', isWildcard: match[2] !== undefined }
}

/** `origin` as a browser writes it (RFC 6454): no path, no default port. */
export function isAllowedOrigin(origin: string, allowed: readonly AllowedOrigin[]): boolean {
  if (!URL.canParse(origin)) return false
  const { protocol, hostname, port } = new URL(origin)
  return allowed.some(
    (one) =>
      protocol === `${one.scheme}:` &&
      (port || defaultPort(one.scheme)) === (one.port || defaultPort(one.scheme)) &&
      (one.isWildcard ? hostname.endsWith(`.${one.host}`) : hostname === one.host),
  )
}

/**
 * The narrowest match pattern of a browser extension that covers the origin. A pattern's `*.` also covers the host itself,
 * so `isAllowedOrigin` decides again at run time.
 */
export const matchPattern = ({ scheme, host, port, isWildcard }: AllowedOrigin): string =>
  `${scheme}://${isWildcard ? '*.' : ''}${host}${port ? `:${port}` : ''}/*`

const defaultPort = (scheme: string): string => (scheme === 'https' ? '443' : '80')
