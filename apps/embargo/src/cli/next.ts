import { timesInWords } from '@embargo/chat'
import { fullMinute, Instant, isoInstant } from '@embargo/core'
import type { CaseId } from '@embargo/core'
import { z } from 'zod'
import { npxEmbargo } from '../program/npx-command.ts'
import type { CliContext } from './context.ts'
import { practicePatch } from './practice-patch.ts'

const NextAnswer = z.object({
  said: z.string().exactOptional(),
  typed: z.string().exactOptional(),
  from: Instant.exactOptional(),
  confirms: z.literal(true).exactOptional(),
})

/**
 * The word `embargo` at the start of a printed command. It is replaced by the words that start the command line in this
 * folder.
 */
const EMBARGO = /^embargo /

/**
 * Prints the next step in a case, as a line that can be run in this folder. With `typed-alone`, prints only what to
 * type, because the card above describes the step. Prints nothing for somebody who may not see the case.
 */
export async function printNext(
  context: CliContext,
  id: CaseId,
  form: 'whole' | 'typed-alone' = 'whole',
): Promise<void> {
  const { said, typed, from, confirms } = NextAnswer.parse(
    await context.ask('next', { case: id, samplePatch: practicePatch(context.config()) }),
  )
  if (said === undefined || typed === undefined) return
  const start = from === undefined ? '' : `from ${timesInWords(isoInstant(fullMinute(from)))}`
  const yes = confirms === true && !context.output.interactive ? ' --yes' : ''
  const title = form === 'typed-alone' ? start : `${['Next', start].filter((part) => part !== '').join(', ')}: ${said}`
  context.output.out(`${title}\n  ${typed.replace(EMBARGO, `${npxEmbargo(context.config())} `)}${yes}`)
}
