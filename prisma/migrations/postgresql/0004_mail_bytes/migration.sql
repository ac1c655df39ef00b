-- AlterTable
ALTER TABLE "Mail" ADD COLUMN "bytes" INTEGER;
UPDATE "Mail" SET "bytes" = octet_length("raw");
ALTER TABLE "Mail" ALTER COLUMN "bytes" SET NOT NULL;

-- CreateIndex
CREATE INDEX "Mail_receivedAt_bytes_idx" ON "Mail"("receivedAt", "bytes");
