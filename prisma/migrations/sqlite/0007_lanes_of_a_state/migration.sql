-- DropIndex
DROP INDEX "Effect_lane_state_seq_idx";

-- DropIndex
DROP INDEX "Effect_state_capability_idx";

-- CreateIndex
CREATE INDEX "Effect_state_lane_seq_idx" ON "Effect"("state", "lane", "seq");
