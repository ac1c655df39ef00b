import type { Db } from '../database/db.ts'

/**
 * The counter gives each row of the outbox its place. Where it is gone, or was set back, every commit would fail at a place
 * that is taken: it goes on after the last row.
 *
 * @returns whether it was wrong
 */
export async function putOrderRight(db: Pick<Db, '$executeRaw'>): Promise<boolean> {
  const made = await db.$executeRaw`
    INSERT INTO "Counter" ("name", "value")
    SELECT 'outbox', COALESCE(MAX("seq"), 0) FROM "Effect"
    HAVING NOT EXISTS (SELECT 1 FROM "Counter" WHERE "name" = 'outbox')`
  const moved = await db.$executeRaw`
    UPDATE "Counter" SET "value" = (SELECT MAX("seq") FROM "Effect")
    WHERE "name" = 'outbox' AND "value" < (SELECT COALESCE(MAX("seq"), 0) FROM "Effect")`
  return made + moved > 0
}
