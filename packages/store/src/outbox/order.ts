import type { Db } from '../database/db.ts'

/** No counter gets this far: a larger number was written by somebody else. */
export const PLACES = 2n ** 52n

/**
 * The counter gives each row of the outbox its place. If it is missing, was set back or set far ahead, every commit would
 * fail at a taken or invalid place. So it is set to the last row's place.
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
