-- CreateIndex
CREATE INDEX "Command_at_idx" ON "Command"("at");
