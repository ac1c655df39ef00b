-- CreateTable
CREATE TABLE "MailBytes" (
    "id" TEXT NOT NULL,
    "raw" BYTEA NOT NULL,

    CONSTRAINT "MailBytes_pkey" PRIMARY KEY ("id")
);
INSERT INTO "MailBytes" ("id", "raw") SELECT "id", "raw" FROM "Mail";

-- AlterTable
ALTER TABLE "Mail" DROP COLUMN "raw";
