import type { Db } from '../database/db.ts'

/** No counter comes that far: what is beyond was written by somebody else. */
export const PLACES = 2n ** 52n

/**
 * The counter gives each row of the outbox its place. Where it is gone, or was set back or far ahead, every commit would fail
 * at a place that is taken or that is none: it goes on after the last row.
 *
 * @returns whether it was wrong
 */
export async function putOrderRight(db: Pick<Db, '$executeRaw'>): Promise<boolean> {
  const made = await db.$executeRaw`
    INSERT INTO "Counter" ("name", "value")
    SELECT 'outbox', COALESCE(MAX("seq"), 0) FROM "Effect" WHERE "seq" < ${PLACES}
    HAVING NOT EXISTS (SELECT 1 FROM "Counter" WHERE "name" = 'outbox')`
  const moved = await db.$executeRaw`
    UPDATE "Counter" SET "value" = (SELECT COALESCE(MAX("seq"), 0) FROM "Effect" WHERE "seq" < ${PLACES})
    WHERE "name" = 'outbox' AND ("value" < 0 OR "value" >= ${PLACES}
      OR "value" < (SELECT COALESCE(MAX("seq"), 0) FROM "Effect" WHERE "seq" < ${PLACES}))`
  return made + moved > 0
}
