-- CreateTable
CREATE TABLE "MailBytes" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "raw" BLOB NOT NULL
);
INSERT INTO "MailBytes" ("id", "raw") SELECT "id", "raw" FROM "Mail";

-- AlterTable
ALTER TABLE "Mail" DROP COLUMN "raw";
