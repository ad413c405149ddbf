import type { NextConfig } from 'next'

const config: NextConfig = {
  poweredByHeader: false,
  // `npm test` checks the types of everything; a newcomer's first start need not wait for that.
  typescript: { ignoreBuildErrors: true },
  // The last is for browsers; its other half needs what bundlers do not find.
  serverExternalPackages: ['pg', '@prisma/client', '@prisma/adapter-pg', 'opus-decoder'],
}

export default config
