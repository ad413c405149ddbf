-- CreateEnum
CREATE TYPE "ListenersShown" AS ENUM ('always', 'never', 'afterCall');

-- AlterTable
ALTER TABLE "Team" ADD COLUMN     "listenersShown" "ListenersShown" NOT NULL DEFAULT 'always',
ADD COLUMN     "listenersShownSetAt" TIMESTAMPTZ(3),
ADD COLUMN     "listenersShownSetById" UUID;
