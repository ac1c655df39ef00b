import type { Db } from '../database/db.ts'

/**
 * The program's own numbers for the rows of the outbox never get this high. If the counter has reached this number,
 * somebody else wrote to the counter.
 */
export const PLACES = 2n ** 52n

/**
 * Corrects the counter that numbers the rows of the outbox. If the counter is missing, too low or far too high, it is
 * set to the number of the last row. With a wrong counter, each commit would fail, because the number of its row would
 * be taken or invalid.
 *
 * @returns whether the counter had to be set
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
