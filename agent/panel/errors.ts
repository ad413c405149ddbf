/** What can go wrong with the panel. */
export class PanelError extends Error {
  override readonly name = 'PanelError'

  private constructor(readonly reason: 'port-taken' | 'not-built' | 'no-browser', message: string, options?: ErrorOptions) {
    super(message, options)
  }

  static portTaken(port: number, cause: unknown): PanelError {
    return new PanelError('port-taken', `port ${port} on 127.0.0.1, where the panel is shown, is taken; stop the other program or set another panelPort`, { cause })
  }

  static notBuilt(folder: string, cause: unknown): PanelError {
    return new PanelError('not-built', `expected the built panel in ${folder}; run npm run build`, { cause })
  }

  static noBrowser(names: readonly string[]): PanelError {
    return new PanelError('no-browser', `no browser found to show the panel in (looked for ${names.join(', ')}); install chromium`)
  }
}
