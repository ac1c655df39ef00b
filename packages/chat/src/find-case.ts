import { CaseId, isInvited, maySee } from '@embargo/core'
import type { CaseState, Refusal, World } from '@embargo/core'
import type { Engine } from '@embargo/engine'
import { CASE_FIELD } from './case-field.ts'
import { originsOf } from './redact/provenance.ts'
import { relatedCases } from './redact/policy.ts'
import type { CaseInView, ChatCommand } from './chat-command.ts'
import type { Input, Invocation } from './types.ts'

export type CaseLookup = { readonly input: Input; readonly seen?: CaseInView } | { readonly refusal: Refusal }

const FIRST_WORD = /^\s*(\S+)\s*/

/**
 * Whether a case number at the beginning of `input` is the value of the command's option, as in the channel of
 * SEC-2026-0002 after `triage duplicate SEC-2026-0001`. If two numbers are typed, the first names the case that the
 * command is about, and the second is the value.
 */
function ofAnother(command: ChatCommand, input: Input, here: CaseId | undefined): input is string {
  if (!command.another || here === undefined || typeof input !== 'string') return false
  const [, second] = input.trim().split(/\s+/)
  return !CaseId.safeParse(second?.toUpperCase()).success
}

/** Finds the case that a command is about. A case that the caller may not see is treated as missing. */
export async function findCase(request: {
  engine: Engine
  invocation: Invocation
  command: ChatCommand
}): Promise<CaseLookup> {
  const { engine, invocation, command } = request
  if (isNoNumber(invocation.input)) return { refusal: noNumber(command) }
  const here = invocation.place.case ?? (await channelCase(engine, invocation))
  const { named, input } = ofAnother(command, invocation.input, here)
    ? { input: invocation.input }
    : takeNumber(invocation.input)
  if (named !== undefined && here !== undefined && named !== here && command.about === 'case')
    return { refusal: ambiguous(named, here) }
  const id = named ?? here
  if (id === undefined) return command.about === 'case' ? { refusal: whichCase(command) } : { input }
  // If the case that was named in the terminal does not exist, or the caller may not see it, the command is refused.
  // `help` runs nevertheless, because people need it before there is any case.
  const wantedId = named ?? (command.verb === 'help' ? undefined : invocation.place.case)
  const world = await engine.queries.world(id)
  const { person } = invocation.actor
  if (world?.case === undefined) return needsCase(command, input, wantedId)
  // A person who is invited to a case may answer the invitation, but learns nothing except that the case exists.
  if (command.invited && isInvited(world.case, person)) return { input, seen: await viewOf(engine, world, world.case) }
  if (!maySee(world.case, person)) {
    const own = person !== undefined && world.case.reports.some((report) => report.person === person)
    return own ? { refusal: ownReport() } : needsCase(command, input, wantedId)
  }
  return { input, seen: await viewOf(engine, world, world.case) }
}

const viewOf = async (engine: Engine, world: World, state: CaseState): Promise<CaseInView> => ({
  id: state.id,
  state,
  world,
  before: await originsOf(relatedCases(state, world), (stream) => engine.queries.state(stream)),
})

/**
 * A command that needs no case and names none, such as help, may be used by strangers. Any other command is refused.
 */
const needsCase = (command: ChatCommand, input: Input, named: CaseId | undefined): CaseLookup =>
  command.about === 'case' || named !== undefined ? { refusal: notYours() } : { input }

function takeNumber(input: Input): { readonly named?: CaseId; readonly input: Input } {
  if (typeof input !== 'string') {
    const { case: carried, [CASE_FIELD]: typedNumber, ...rest } = input
    const named = CaseId.safeParse(carried ?? asNumber(typedNumber))
    return named.success ? { named: named.data, input: rest } : { input: rest }
  }
  const { named, rest } = numberFirst(input)
  return named === undefined ? { input } : { named, input: rest }
}

/** The number at the beginning of the typed text, and the text after it. */
export function numberFirst(text: string): { readonly named?: CaseId; readonly rest: string } {
  const first = FIRST_WORD.exec(text)
  const named = CaseId.safeParse(asNumber(first?.[1]))
  return named.success ? { named: named.data, rest: text.slice(first?.[0].length ?? 0) } : { rest: text }
}

const asNumber = (typed: string | undefined): string | undefined => typed?.trim().toUpperCase()

/** Whether the form's case field has text that is not a case number. */
function isNoNumber(input: Input): boolean {
  const typedNumber = typeof input === 'string' || input['case'] !== undefined ? undefined : asNumber(input[CASE_FIELD])
  return typedNumber !== undefined && typedNumber !== '' && !CaseId.safeParse(typedNumber).success
}

async function channelCase(engine: Engine, { place }: Invocation): Promise<CaseId | undefined> {
  return place.channel === undefined ? undefined : engine.queries.caseByChannel(place.platform, place.channel)
}

const whichCase = ({ verb }: ChatCommand): Refusal => ({
  gate: 'makes-sense',
  because: 'It is not clear which case this is about.',
  facts: { verb },
  liftedBy: [{ who: 'you', how: 'run the command in the case’s channel, or add the case’s number' }],
})

/**
 * The refusal of a case field that is not a case number. Without it, the command would run on the channel's own case.
 */
const noNumber = ({ verb }: ChatCommand): Refusal => ({
  gate: 'makes-sense',
  because: 'What you gave as the case is not a case number.',
  facts: { verb },
  liftedBy: [{ who: 'you', how: 'write it like SEC-2026-0042' }],
})

/** Refuses another case's number in this case's channel, because it was probably typed by mistake. */
const ambiguous = (named: CaseId, here: CaseId): Refusal => ({
  gate: 'makes-sense',
  because: `This is the channel of ${here}, but ${named} was named.`,
  facts: { here, named },
  liftedBy: [{ who: 'you', how: `run it in the channel of ${named}, or without a number` }],
})

/**
 * Uses the same words for a missing case and for a case that the caller may not see, because a refusal must not reveal
 * which numbers exist.
 */
const notYours = (): Refusal => ({
  gate: 'on-the-case',
  because: 'There is no such case, or you do not work on it.',
  facts: {},
  liftedBy: [{ who: 'an admin', how: 'adds people to a case' }],
})

const ownReport = (): Refusal => ({
  gate: 'not-the-reporter',
  because: 'You reported this vulnerability, so you can neither act nor approve in its case.',
  facts: {},
  liftedBy: [{ who: 'another team member', how: 'runs the command instead' }],
})
