-- AlterTable
ALTER TABLE "Team" ADD COLUMN     "livePhrases" TEXT[] DEFAULT ARRAY[]::TEXT[];
