-- CreateTable
CREATE TABLE "MailboxCursor" (
    "mailbox" TEXT NOT NULL,
    "folder" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "sealed" BLOB NOT NULL,

    PRIMARY KEY ("mailbox", "folder")
);
