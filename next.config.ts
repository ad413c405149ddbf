import type { NextConfig } from 'next'

const config: NextConfig = {
  poweredByHeader: false,
  // `npm test` checks the types of everything; a newcomer's first start need not wait for that.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ['pg', '@prisma/client', '@prisma/adapter-pg'],
}

export default config
