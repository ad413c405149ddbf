/** Bundles the panel's page into `outDir`, which is replaced as a whole. See build.mjs. */
export function buildPanel(outDir: string): Promise<void>
