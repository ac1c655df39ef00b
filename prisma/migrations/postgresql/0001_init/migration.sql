-- CreateTable
CREATE TABLE "Stream" (
    "stream" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "head" BYTEA NOT NULL,
    "mac" BYTEA NOT NULL,

    CONSTRAINT "Stream_pkey" PRIMARY KEY ("stream")
);

-- CreateTable
CREATE TABLE "Event" (
    "stream" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "schema" INTEGER NOT NULL,
    "at" BIGINT NOT NULL,
    "sealed" BYTEA NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "Event_pkey" PRIMARY KEY ("stream","version")
);

-- CreateTable
CREATE TABLE "Command" (
    "id" TEXT NOT NULL,
    "at" BIGINT NOT NULL,
    "answer" BYTEA NOT NULL,

    CONSTRAINT "Command_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Counter" (
    "name" TEXT NOT NULL,
    "value" BIGINT NOT NULL,

    CONSTRAINT "Counter_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "Effect" (
    "id" TEXT NOT NULL,
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
    "sealed" BYTEA NOT NULL,
    "rendered" BYTEA,
    "evidence" BYTEA,

    CONSTRAINT "Effect_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CaseRow" (
    "stream" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "open" BOOLEAN NOT NULL,
    "stage" TEXT NOT NULL,
    "urgency" DOUBLE PRECISION NOT NULL,
    "nextDue" BIGINT,
    "severity" TEXT NOT NULL DEFAULT '',
    "owner" TEXT NOT NULL DEFAULT '',
    "openedAt" BIGINT NOT NULL DEFAULT 0,
    "dueAt" BIGINT,
    "people" TEXT NOT NULL DEFAULT '',
    "projection" TEXT NOT NULL DEFAULT '',
    "sealed" BYTEA NOT NULL,

    CONSTRAINT "CaseRow_pkey" PRIMARY KEY ("stream")
);

-- CreateTable
CREATE TABLE "Channel" (
    "platform" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "stream" TEXT NOT NULL,

    CONSTRAINT "Channel_pkey" PRIMARY KEY ("platform","channel")
);

-- CreateTable
CREATE TABLE "Mail" (
    "seq" SERIAL NOT NULL,
    "id" TEXT NOT NULL,
    "receivedAt" BIGINT NOT NULL,
    "state" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "claimedBy" TEXT,
    "claimedUntil" BIGINT,
    "stream" TEXT,
    "reporter" TEXT,
    "bytes" INTEGER NOT NULL,
    "key" BYTEA NOT NULL,
    "envelope" BYTEA NOT NULL,
    "because" BYTEA,

    CONSTRAINT "Mail_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "MailBytes" (
    "id" TEXT NOT NULL,
    "raw" BYTEA NOT NULL,

    CONSTRAINT "MailBytes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Blob" (
    "id" TEXT NOT NULL,
    "stream" TEXT NOT NULL,
    "sealed" BYTEA NOT NULL,

    CONSTRAINT "Blob_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "StreamKey" (
    "stream" TEXT NOT NULL,
    "key" BYTEA NOT NULL,

    CONSTRAINT "StreamKey_pkey" PRIMARY KEY ("stream")
);

-- CreateTable
CREATE TABLE "ReporterKey" (
    "reporter" TEXT NOT NULL,
    "stream" TEXT NOT NULL,
    "key" BYTEA,

    CONSTRAINT "ReporterKey_pkey" PRIMARY KEY ("reporter")
);

-- CreateTable
CREATE TABLE "Setting" (
    "name" TEXT NOT NULL,
    "value" BYTEA NOT NULL,

    CONSTRAINT "Setting_pkey" PRIMARY KEY ("name")
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
