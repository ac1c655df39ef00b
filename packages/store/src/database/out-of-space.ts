import { EngineError } from '@embargo/engine'
import type { Writer } from './db.ts'
import { isFull } from './failures.ts'

/**
 * A writer that reports a full disk with a text for people. The failed work has changed nothing, and later work can
 * succeed.
 */
export function reportOutOfSpace(writer: Writer): Writer {
  return {
    run: (turn, work) => writer.run(turn, work).catch(inWords),
    single: (turn, work) => writer.single(turn, work).catch(inWords),
    returning: (turn, statement) => writer.returning(turn, statement).catch(inWords),
    unsynced: (turn, statement) => writer.unsynced(turn, statement).catch(inWords),
    direct: (turn, ...statements) => writer.direct(turn, ...statements).catch(inWords),
  }
}

function inWords(error: unknown): never {
  if (!isFull(error)) throw error
  throw new EngineError(
    'full',
    'The disk of the database is full, so nothing was changed. Free some space there, then repeat the command; Embargo continues without a restart.',
    { cause: error },
  )
}
