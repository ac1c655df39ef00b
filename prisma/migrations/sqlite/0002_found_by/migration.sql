-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_CaseRow" (
    "stream" TEXT NOT NULL PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "open" BOOLEAN NOT NULL,
    "stage" TEXT NOT NULL,
    "urgency" REAL NOT NULL,
    "nextDue" BIGINT,
    "severity" TEXT NOT NULL DEFAULT '',
    "owner" TEXT NOT NULL DEFAULT '',
    "openedAt" BIGINT NOT NULL DEFAULT 0,
    "dueAt" BIGINT,
    "people" TEXT NOT NULL DEFAULT '',
    "reckoned" TEXT NOT NULL DEFAULT '',
    "sealed" BLOB NOT NULL
);
INSERT INTO "new_CaseRow" ("nextDue", "open", "sealed", "stage", "stream", "urgency", "version") SELECT "nextDue", "open", "sealed", "stage", "stream", "urgency", "version" FROM "CaseRow";
DROP TABLE "CaseRow";
ALTER TABLE "new_CaseRow" RENAME TO "CaseRow";
CREATE INDEX "CaseRow_open_urgency_stream_idx" ON "CaseRow"("open", "urgency", "stream");
CREATE INDEX "CaseRow_urgency_stream_idx" ON "CaseRow"("urgency", "stream");
CREATE INDEX "CaseRow_nextDue_idx" ON "CaseRow"("nextDue");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;
