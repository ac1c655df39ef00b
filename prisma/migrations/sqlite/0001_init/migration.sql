-- CreateTable
CREATE TABLE "Stream" (
    "stream" TEXT NOT NULL PRIMARY KEY,
    "version" INTEGER NOT NULL,
    "head" BLOB NOT NULL,
    "mac" BLOB NOT NULL
);

-- CreateTable
CREATE TABLE "Event" (
    "stream" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "schema" INTEGER NOT NULL,
    "at" BIGINT NOT NULL,
    "sealed" BLOB NOT NULL,
    "hash" BLOB NOT NULL,

    PRIMARY KEY ("stream", "version")
);

-- CreateTable
CREATE TABLE "Command" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "at" BIGINT NOT NULL,
    "answer" BLOB NOT NULL
);

-- CreateTable
CREATE TABLE "Counter" (
    "name" TEXT NOT NULL PRIMARY KEY,
    "value" BIGINT NOT NULL
);

-- CreateTable
CREATE TABLE "Effect" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "seq" BIGINT NOT NULL,
    "stream" TEXT NOT NULL,
    "lane" TEXT NOT NULL,
    "capability" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "begun" BOOLEAN NOT NULL DEFAULT false,
    "doubt" BOOLEAN NOT NULL DEFAULT false,
    "worker" TEXT,
    "leaseUntil" BIGINT,
    "notBefore" BIGINT NOT NULL DEFAULT 0,
    "sealed" BLOB NOT NULL,
    "rendered" BLOB,
    "evidence" BLOB
);

-- CreateTable
CREATE TABLE "CaseRow" (
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
    "projection" TEXT NOT NULL DEFAULT '',
    "sealed" BLOB NOT NULL
);

-- CreateTable
CREATE TABLE "Channel" (
    "platform" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "stream" TEXT NOT NULL,

    PRIMARY KEY ("platform", "channel")
);

-- CreateTable
CREATE TABLE "Mail" (
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
    "because" BLOB
);

-- CreateTable
CREATE TABLE "MailBytes" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "raw" BLOB NOT NULL
);

-- CreateTable
CREATE TABLE "Blob" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "stream" TEXT NOT NULL,
    "sealed" BLOB NOT NULL
);

-- CreateTable
CREATE TABLE "StreamKey" (
    "stream" TEXT NOT NULL PRIMARY KEY,
    "key" BLOB NOT NULL
);

-- CreateTable
CREATE TABLE "ReporterKey" (
    "reporter" TEXT NOT NULL PRIMARY KEY,
    "stream" TEXT NOT NULL,
    "key" BLOB
);

-- CreateTable
CREATE TABLE "Setting" (
    "name" TEXT NOT NULL PRIMARY KEY,
    "value" BLOB NOT NULL
);

-- CreateIndex
CREATE INDEX "Command_at_idx" ON "Command"("at");

-- CreateIndex
CREATE UNIQUE INDEX "Effect_seq_key" ON "Effect"("seq");

-- CreateIndex
CREATE INDEX "Effect_state_lane_seq_idx" ON "Effect"("state", "lane", "seq");

-- CreateIndex
CREATE INDEX "Effect_stream_seq_idx" ON "Effect"("stream", "seq");

-- CreateIndex
CREATE INDEX "CaseRow_open_urgency_stream_idx" ON "CaseRow"("open", "urgency", "stream");

-- CreateIndex
CREATE INDEX "CaseRow_urgency_stream_idx" ON "CaseRow"("urgency", "stream");

-- CreateIndex
CREATE INDEX "CaseRow_nextDue_idx" ON "CaseRow"("nextDue");

-- CreateIndex
CREATE INDEX "Channel_stream_idx" ON "Channel"("stream");

-- CreateIndex
CREATE UNIQUE INDEX "Mail_id_key" ON "Mail"("id");

-- CreateIndex
CREATE INDEX "Mail_state_seq_idx" ON "Mail"("state", "seq");

-- CreateIndex
CREATE INDEX "Mail_stream_seq_idx" ON "Mail"("stream", "seq");

-- CreateIndex
CREATE INDEX "Mail_receivedAt_bytes_idx" ON "Mail"("receivedAt", "bytes");

-- CreateIndex
CREATE INDEX "Blob_stream_idx" ON "Blob"("stream");
