-- CreateTable
CREATE TABLE "OwnKey" (
    "project" TEXT NOT NULL,
    "serial" INTEGER NOT NULL,
    "createdAt" BIGINT NOT NULL,
    "sealed" BYTEA NOT NULL,

    CONSTRAINT "OwnKey_pkey" PRIMARY KEY ("project","serial")
);
