/** A person's browser as far as HTTP goes: it keeps cookies, follows no redirects, and can sign in. */
export class HttpClient {
  readonly #cookies = new Map<string, string>()

  constructor(readonly origin: string) {}

  get cookieHeader(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers)
    headers.set('cookie', this.cookieHeader)
    const response = await fetch(new URL(path, this.origin), { redirect: 'manual', ...init, headers })
    for (const cookie of response.headers.getSetCookie()) this.#keep(cookie)
    return response
  }

  postJson(path: string, body: unknown): Promise<Response> {
    return this.fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  }

  /** Resolves to null or to what the sign-in page would show. */
  async signIn(email: string, password: string): Promise<string | null> {
    const response = await this.#postAuth('callback/credentials', { email, password })
    const { url } = (await response.json()) as { url: string }
    return new URL(url).searchParams.get('error')
  }

  async signOut(): Promise<void> {
    await this.#postAuth('signout', {})
  }

  async #postAuth(action: string, fields: Record<string, string>): Promise<Response> {
    const { csrfToken } = (await (await this.fetch('/api/auth/csrf')).json()) as { csrfToken: string }
    const body = new URLSearchParams({ ...fields, csrfToken, json: 'true' })
    return this.fetch(`/api/auth/${action}`, { method: 'POST', body })
  }

  #keep(cookie: string): void {
    const [pair = '', ...attributes] = cookie.split(/; */)
    const name = pair.slice(0, pair.indexOf('='))
    const value = pair.slice(pair.indexOf('=') + 1)
    const isGone = value === '' || attributes.some((attribute) => /^max-age=0$/i.test(attribute))
    if (isGone) this.#cookies.delete(name)
    else this.#cookies.set(name, value)
  }
}
