-- AlterTable
ALTER TABLE "Device" ADD COLUMN     "extensionHeardAt" TIMESTAMPTZ(3),
ADD COLUMN     "ready" JSONB;
