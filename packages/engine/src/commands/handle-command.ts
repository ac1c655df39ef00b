import { actorOf, CaseId, PEOPLE, PRACTICE_PREFIX } from '@embargo/core'
import type { Command, CveId, Sha256, StreamId } from '@embargo/core'
import { skipDamaged } from '../shared/damage.ts'
import { commandDigest } from './command-digest.ts'
import type { CommandExtras, CommandResult, PendingCommand } from './command.ts'
import { EngineError } from '../shared/engine-error.ts'
import type { Deps } from '../deps.ts'
import { planCommand, streamOf } from './plan-command.ts'
import type { Plan } from './plan-command.ts'
import { takenCve } from '../queries/cve-ids.ts'
import { cveMark } from '../keys/key-marks.ts'
import { unsentMail } from '../queries/mail-backlog.ts'
import { withCurrentPreview } from './current-preview.ts'
import type { HandledCommand, StoredAnswer } from '../ports/event-store.ts'

/**
 * How many times a command may be decided again because another writer appended first: another process, or a command
 * for another case of the same release.
 */
const MAX_CONFLICTS = 100

/**
 * How many numbers may be tried for a new case. If the counter is behind the log, the stream of a number may already
 * have events; then the next number is tried.
 */
const MAX_NUMBERS = 100

/**
 * Handles a command; nothing else changes the log. A command whose id is known gets its earlier answer. A new command
 * is decided, and everything that follows from it is committed in one transaction, which is durable when the promise
 * resolves.
 *
 * @throws EngineError `contended` if other commands keep appending first, `full` if the database has no room,
 * `repeated-otherwise` if the command's id was used for something else, `taken` if the stream that the command opens
 * has events already; also throws whatever the store throws, unchanged
 */
export async function handleCommand(deps: Deps, original: Command, extras: CommandExtras = {}): Promise<CommandResult> {
  const digest = commandDigest(original)
  const known = await deps.events.handled(original.commandId)
  if (known !== undefined) return repeatedAnswer(deps, known, digest)
  for (let draw = 1; ; draw += 1) {
    const command = await withCaseNumber(deps, original)
    try {
      return await deps.mutex(streamOf(command.request), () => decideAndCommit(deps, { command, digest, extras }))
    } catch (error) {
      const drawAgain =
        command !== original && draw < MAX_NUMBERS && error instanceof EngineError && error.code === 'taken'
      if (!drawAgain) throw error
    }
  }
}

async function decideAndCommit(deps: Deps, { command, digest, extras }: PendingCommand): Promise<CommandResult> {
  for (let round = 1; round <= MAX_CONFLICTS; round += 1) {
    await refreshPeople(deps, command)
    const acting = withCurrentActor(deps, command)
    const plan = await planCommand(deps, { command: await withCurrentPreview(deps, acting), digest, extras })
    const given = givenCve(command, plan)
    const soleMark = given && { mark: cveMark(deps.keys, given.cve), of: given.case }
    const result = await deps.events.commit({ ...plan.commit, ...(soleMark && { soleMark }) })
    if (result.is === 'mark-taken' && given) return { ok: false, repeated: false, refusal: takenCve(given.cve) }
    if (result.is === 'known') return repeatedAnswer(deps, result, digest)
    if (result.is === 'committed') {
      for (const { stream, loaded, recorded } of plan.after) deps.states.keep(stream, loaded, recorded)
      if (plan.after.some(({ stream }) => stream === PEOPLE)) await deps.people.refresh()
      deps.committed(plan.commit.rows)
      return { ...resultOf(plan.commit.answer, false), ...unsentMail(deps, plan.commit.effects) }
    }
    if (result.is === 'conflict') deps.states.forget(result.stream)
  }
  throw new EngineError(
    'contended',
    'Others kept writing to this case, so nothing was changed. Send the command again.',
  )
}

/** The CVE id that a person's command gives to a case. */
function givenCve({ actor }: Command, { after }: Plan): { readonly cve: CveId; readonly case: StreamId } | undefined {
  if (actor.kind !== 'person') return undefined
  for (const { stream, recorded } of after)
    for (const { event } of recorded) if (event.type === 'CveAssigned') return { cve: event.cve, case: stream }
  return undefined
}

/**
 * A person must act with their current identity, so a person's command fails if the stream of people is damaged. The
 * program's own commands need no identity, so they continue.
 */
async function refreshPeople({ people }: Deps, { actor }: Command): Promise<void> {
  if (actor.kind === 'person') await people.refresh()
  else await skipDamaged(() => people.refresh())
}

/** Resolves the account again, because it may have been linked to another person since the command was built. */
function withCurrentActor({ policy }: Deps, command: Command): Command {
  const { actor } = command
  return actor.kind === 'person'
    ? { ...command, actor: actorOf(policy.policy, actor.platform, actor.account) }
    : command
}

/** At least four digits, so numbers of one year sort as text. */
const DIGITS = 4

/** `SEC-2026-0042` */
export const caseNumber = (prefix: string, year: number, number: number): CaseId =>
  CaseId.parse(`${prefix}-${year}-${String(number).padStart(DIGITS, '0')}`)

/**
 * Gives a new case its number. By now the command has proved to be new, so a repeated command does not use up a number.
 */
async function withCaseNumber(deps: Deps, command: Command): Promise<Command> {
  const { request } = command
  const opens = request.verb === 'open-case' || request.verb === 'open'
  if (!opens && (request.verb !== 'open.report' || request.into === undefined)) return command
  const project = deps.policy.policy.projects.find(({ id }) => id === request.project)
  // If the project is unknown, a person's command continues, and is refused with a list of the projects. The command
  // `open-case` comes from a mail. For this command an error is thrown instead, so the mail stays in the spool until
  // the policy is mended.
  if (project === undefined && request.verb !== 'open-case') return command
  const { prefix: own } = project ?? unknownProject()
  const prefix = request.verb === 'open-case' && request.practice === true ? PRACTICE_PREFIX : own
  const year = new Date(command.at).getUTCFullYear()
  const number = await deps.events.nextNumber(prefix, year)
  const id = caseNumber(prefix, year, number)
  return { ...command, request: opens ? { ...request, case: id } : { ...request, into: id } }
}

function unknownProject(): never {
  throw new EngineError(
    'unknown-project',
    'A mail names a project that the policy does not have. Add it to the policy, or correct the address.',
  )
}

/**
 * Returns the answer that the command with this id got earlier. Throws if the request is a different one, because the
 * earlier answer would confirm something that was never carried out.
 */
function repeatedAnswer({ relayMissing }: Deps, known: HandledCommand, digest: Sha256): CommandResult {
  if (known.digest === digest) {
    const unsentMail = relayMissing === undefined ? {} : { unsentMail: { setting: relayMissing, to: [] } }
    return { ...resultOf(known.answer, true), ...unsentMail }
  }
  throw new EngineError(
    'repeated-otherwise',
    'Another command with this id was handled before, so nothing was changed. Look at the case, and send the command again with a new id.',
  )
}

function resultOf(answer: StoredAnswer, repeated: boolean): CommandResult {
  if (!answer.ok) return { ok: false, refusal: answer.refusal, repeated }
  const { stream, note, done } = answer
  return { ok: true, stream, repeated, ...(note !== undefined && { note }), ...(done && { done }) }
}
