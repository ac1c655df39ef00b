-- AlterTable
ALTER TABLE "Mail" ADD COLUMN     "claimedBy" TEXT,
ADD COLUMN     "claimedUntil" BIGINT;
