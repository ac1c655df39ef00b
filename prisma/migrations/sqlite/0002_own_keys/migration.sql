-- CreateTable
CREATE TABLE "OwnKey" (
    "project" TEXT NOT NULL,
    "serial" INTEGER NOT NULL,
    "createdAt" BIGINT NOT NULL,
    "sealed" BLOB NOT NULL,

    PRIMARY KEY ("project", "serial")
);
