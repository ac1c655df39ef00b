-- AlterTable
ALTER TABLE "Mail" ADD COLUMN "checkAt" BIGINT;

-- CreateIndex
CREATE INDEX "Mail_checkAt_idx" ON "Mail"("checkAt");
