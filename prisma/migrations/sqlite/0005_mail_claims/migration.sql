-- RedefineTable: the bytes of a mail stay the last column, so that reading the others reads none of them.
CREATE TABLE "new_Mail" (
    "seq" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "id" TEXT NOT NULL,
    "receivedAt" BIGINT NOT NULL,
    "state" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "claimedBy" TEXT,
    "claimedUntil" BIGINT,
    "stream" TEXT,
    "reporter" TEXT,
    "bytes" INTEGER NOT NULL,
    "key" BLOB NOT NULL,
    "envelope" BLOB NOT NULL,
    "because" BLOB,
    "raw" BLOB NOT NULL
);
INSERT INTO "new_Mail" ("seq", "id", "receivedAt", "state", "attempts", "stream", "reporter", "bytes", "key", "envelope", "because", "raw")
SELECT "seq", "id", "receivedAt", "state", "attempts", "stream", "reporter", "bytes", "key", "envelope", "because", "raw" FROM "Mail";
DROP TABLE "Mail";
ALTER TABLE "new_Mail" RENAME TO "Mail";

-- CreateIndex
CREATE UNIQUE INDEX "Mail_id_key" ON "Mail"("id");

-- CreateIndex
CREATE INDEX "Mail_state_seq_idx" ON "Mail"("state", "seq");

-- CreateIndex
CREATE INDEX "Mail_stream_seq_idx" ON "Mail"("stream", "seq");

-- CreateIndex
CREATE INDEX "Mail_receivedAt_bytes_idx" ON "Mail"("receivedAt", "bytes");
