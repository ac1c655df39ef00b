import { rebuildReadModels } from '@embargo/engine'
import type { LogVerdict, RebuildReport } from '@embargo/engine'
import { z } from 'zod'
import type { ProgramParts } from '../program/program.ts'

const VerifyInput = z.object({ since: z.array(z.string().max(64)).max(64).optional() })

/**
 * Checks every stream and the log as a whole. `since`: the marks that an earlier call returned. If they are given, this
 * call also checks that nothing was removed after the earlier call.
 */
export function verifyLog({ store }: ProgramParts, raw: unknown): Promise<LogVerdict> {
  const { since } = VerifyInput.parse(raw)
  return store.events.verifyLog(since)
}

/**
 * Rebuilds the list of cases from the event log, and reports which rows differed from the log. The rows in `older` were
 * computed by another version of the program or under another policy. All other differences happen only if somebody
 * wrote into the database.
 */
export const rebuildLog = ({ engine }: ProgramParts): Promise<RebuildReport> => rebuildReadModels(engine)
