/** Signing in and out as next-auth's HTTP interface has it; its own client would double the weight of the shell's script. */

/** The sentence of a refusal, `null` when the pair was right. Rejects when the server does not answer. */
export async function signIn(email: string, password: string): Promise<string | null> {
  const response = await post('callback/credentials', { email, password })
  const { url } = (await response.json()) as { url: string }
  return new URL(url, location.origin).searchParams.get('error')
}

export async function signOut(): Promise<void> {
  await post('signout', {})
}

/** Each request carries a token that only our own pages can read. */
async function post(action: string, fields: Record<string, string>): Promise<Response> {
  const { csrfToken } = (await (await fetch('/api/auth/csrf')).json()) as { csrfToken: string }
  return fetch(`/api/auth/${action}`, { method: 'POST', body: new URLSearchParams({ ...fields, csrfToken, json: 'true' }) })
}
