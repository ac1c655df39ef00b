-- AlterTable
ALTER TABLE "CaseRow" ADD COLUMN "keyMarks" TEXT NOT NULL DEFAULT '';

-- CreateIndex
CREATE INDEX "CaseRow_keyMarks_openedAt_stream_idx" ON "CaseRow"("keyMarks", "openedAt", "stream");
