/** Bundles the browser extension into `outDir`, which is replaced as a whole. See build.mjs. */
export function buildExtension(outDir: string, managed?: { origins?: readonly string[]; agent?: { port: number; pairingSecret: string } }): Promise<void>
