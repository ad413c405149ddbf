/** What can be wrong with the actions' configuration. */
export class ActionError extends Error {
  override readonly name = 'ActionError'

  private constructor(readonly reason: 'not-an-origin' | 'port-taken' | 'weak-secret', message: string, options?: ErrorOptions) {
    super(message, options)
  }

  static notAnOrigin(text: string): ActionError {
    return new ActionError('not-an-origin', `expected an origin such as https://crm.example.com or https://*.example.com, got "${text}"; correct allowedOrigins`)
  }

  static portTaken(port: number, cause: unknown): ActionError {
    return new ActionError('port-taken', `port ${port} on 127.0.0.1, where the browser extension reports, is taken; stop the other program or configure another port`, { cause })
  }

  static weakSecret(length: number, neededLength: number): ActionError {
    return new ActionError('weak-secret', `the pairing secret has ${length} characters, at least ${neededLength} are needed; pair again to get a new one`)
  }
}
