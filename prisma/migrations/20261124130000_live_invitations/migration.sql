-- CreateEnum
CREATE TYPE "InvitedAs" AS ENUM ('trainee', 'witness');

-- CreateTable
CREATE TABLE "LiveInvitation" (
    "id" UUID NOT NULL,
    "callId" UUID NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "cookieHash" TEXT,
    "name" TEXT NOT NULL,
    "as" "InvitedAs" NOT NULL,
    "invitedById" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "confirmedAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "LiveInvitation_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "LiveInvitation_tokenHash_key" ON "LiveInvitation"("tokenHash");

-- CreateIndex
CREATE INDEX "LiveInvitation_callId_createdAt_idx" ON "LiveInvitation"("callId", "createdAt");

-- AddForeignKey
ALTER TABLE "LiveInvitation" ADD CONSTRAINT "LiveInvitation_callId_fkey" FOREIGN KEY ("callId") REFERENCES "Call"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "LiveInvitation" ADD CONSTRAINT "LiveInvitation_invitedById_fkey" FOREIGN KEY ("invitedById") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
