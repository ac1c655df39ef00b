import { randomUUID } from 'node:crypto'
import { renderFormAsText, renderTerminal, safeJson, safeText } from '@embargo/chat'
import type { Input, Reply } from '@embargo/chat'
import type { CaseId } from '@embargo/core'
import type { Action, Card } from '@embargo/engine'
import { replyFacts } from '../facts/reply-facts.ts'
import type { CommandOutput } from '../facts/schema.ts'
import type { CliContext } from './context.ts'
import { printNext } from './next.ts'
import { askYes } from './yes-no.ts'

/**
 * Adds hints to an answer, on standard error. One hint explains why a user whom the policy does not list sees nothing.
 * Another hint says that mails or posts wait because no program is running.
 */
export async function withHints(context: CliContext, answered: Promise<number>): Promise<number> {
  const code = await answered
  const nobody = await context.nobody()
  if (nobody !== undefined) context.output.err(nobody)
  if (context.waits())
    context.output.err('No program is running, so mails and posts wait until it is started (npm start).')
  return code
}

type RequestInput = Readonly<Record<string, unknown>>

/**
 * Asks for facts and prints them as one JSON value.
 * @returns the exit code
 */
export async function printFacts(context: CliContext, operation: string, request: RequestInput): Promise<number> {
  const facts = (await context.ask(operation, request)) as CommandOutput
  context.output.out(safeJson(facts))
  return facts.is === 'refusal' ? 1 : 0
}

type Run = {
  readonly verb: string
  readonly case?: CaseId
  readonly input: Input
  readonly yes: boolean
  readonly json: boolean
}

/**
 * Runs a chat command and prints the result. After a preview, asks whether to go on.
 * @returns the exit code
 */
export async function runVerb(context: CliContext, run: Run): Promise<number> {
  const { yes, json, ...invocation } = run
  // Each run has its own id, so the same command twice counts as two commands.
  const reply = (await context.ask('invoke', { ...invocation, deliveryId: randomUUID() })) as Reply
  const goOn = goesOn(reply)
  // Only one value is printed for each command. A preview that comes before the result is left out, but its warning is
  // printed.
  if (json && (goOn === undefined || !yes)) context.output.out(safeJson(replyFacts(reply)))
  else if (json && 'card' in reply && reply.facts?.is === 'preview') context.output.err(reply.facts.warning)
  if ('refusal' in reply) {
    if (!json) context.output.err(drawCard(context, reply.refusal))
    return 1
  }
  if ('form' in reply) {
    if (!json) context.output.out(renderFormAsText(reply.form))
    return 2
  }
  if (!json && reply.facts?.is === 'document') printDocument(context, reply.card, reply.facts.text)
  else if (!json) context.output.out(drawCard(context, reply.card))
  if (goOn === undefined) {
    const stands = run.verb === 'status'
    if (!json && run.case !== undefined && (stands || reply.facts?.is === 'done'))
      await printNext(context, run.case, stands ? 'typed-alone' : 'whole')
    return isVoid(run.verb, reply) ? 1 : 0
  }
  if (!yes && !typesCase(run) && (json || !(await agreed(context, goOn)))) return 1
  return runVerb(context, { ...run, verb: goOn.verb, input: { ...typedAgain(run), ...goOn.input }, yes: false })
}

/**
 * Whether an approval came too late because something had changed. The reply is then `done` with a note, but nothing
 * was sent, and a script must not treat the command as done.
 */
const isVoid = (verb: string, reply: Reply): boolean =>
  verb === 'approve' && 'card' in reply && reply.facts?.is === 'done' && reply.facts.note !== undefined

/** The button that continues the shown step. */
const goesOn = (reply: Reply): Action | undefined =>
  'card' in reply
    ? reply.card.actions.find((action) => 'digest' in action.input || 'blob' in action.input || 'sure' in action.input)
    : undefined

/**
 * Whether the person typed the case number again with an approval. The question whether to go on is then left out,
 * because typing the number is safer than typing yes.
 */
const typesCase = (run: Run): boolean =>
  run.verb === 'approve' && run.case !== undefined && typedAgain(run)['typedCase'] === run.case

/**
 * The case number after `--typed-case`, which is sent with the approval. It is needed for a second look: in the solo
 * profile, the person who asked looks again later, and types the case number.
 */
function typedAgain({ input }: Run): Readonly<Record<string, string>> {
  const typed = typeof input === 'string' ? /--typed-case\s+(\S+)/.exec(input)?.[1] : input['typedCase']
  return typed === undefined ? {} : { typedCase: typed }
}

async function agreed(context: CliContext, action: Action): Promise<boolean> {
  if (!context.output.interactive) {
    context.output.err(`Nothing was done yet. Add --yes to go on: ${action.label}.`)
    return false
  }
  return askYes(action.confirm ?? action.label)
}

/**
 * Prints the document on standard output, and its title on standard error, so that only the document goes into a file.
 */
function printDocument({ output }: CliContext, { title }: Card, text: string): void {
  output.err(title)
  output.out(safeText(text).trimEnd())
}

/** The text of a card for the terminal. */
export const drawCard = (context: CliContext, card: Card): string =>
  renderTerminal(card, { colour: context.output.colour })
