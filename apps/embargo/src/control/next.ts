import { maySee } from '@embargo/core'
import type { CaseId, PersonId } from '@embargo/core'
import { nextTyped } from '@embargo/chat'
import type { NextTyped } from '@embargo/chat'
import type { ProgramParts } from '../program/program.ts'

/**
 * After a command, the answer waits at most this long for the work that the program then does automatically. If the
 * work takes longer, the person is told that it is in progress.
 */
const LONGEST_WAIT_MS = 5_000

type NextQuestion = { readonly id: CaseId; readonly viewer: PersonId | undefined; readonly samplePatch: string }

/**
 * Returns the next step in a case. First waits for the work that the program does automatically, such as sending the
 * mails of a publication.
 */
export async function nextOf(
  { engine }: Pick<ProgramParts, 'engine'>,
  { id, viewer, samplePatch }: NextQuestion,
): Promise<NextTyped | undefined> {
  const timeOut = AbortSignal.timeout(LONGEST_WAIT_MS)
  for (;;) {
    const moved = Promise.withResolvers<void>()
    const stop = engine.deps.onCommit(() => moved.resolve())
    timeOut.addEventListener('abort', () => moved.resolve(), { once: true })
    try {
      const world = await engine.queries.world(id)
      const state = world?.case
      if (world === undefined || state === undefined || viewer === undefined || !maySee(state, viewer)) return undefined
      const next = nextTyped({ policy: engine.policy.policy, world, at: engine.now(), viewer, samplePatch })
      if (next?.waits !== true || timeOut.aborted) return next
      await moved.promise
    } finally {
      stop()
    }
  }
}
