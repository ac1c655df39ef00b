import { safeJson } from '@embargo/chat'
import type { CaseId } from '@embargo/core'
import type { GateFacts } from '../control/explain.ts'
import type { CliContext } from './context.ts'
import { quoted } from './words.ts'

/** `embargo <case> status why <command> --json`: each rule of a command, and whether it passes. @returns the exit code */
export async function printGates(context: CliContext, id: CaseId, typed: readonly string[]): Promise<number> {
  const answer = (await context.ask('explain-gates', { case: id, typed: typed.map(quoted).join(' ') })) as GateFacts
  context.output.out(safeJson(answer))
  const passes =
    answer.is === 'gates' && answer.gates.every(({ state }) => state === 'passes' || state === 'comes-next')
  return passes ? 0 : 1
}
