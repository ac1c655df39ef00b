import { branchesToFix, later, HOUR } from '@embargo/core'
import type { CaseState, ReleaseState } from '@embargo/core'
import type { ReceivedMail, SmtpSink } from '@embargo/emulator-smtp'
import { ANA, BEN, BOUNCING, REPORTER } from './house.ts'
import type { Snapshot } from './messages.ts'
import type { Targets } from './targets.ts'
import { bounceOf, firstMails, replyTo } from './reporter.ts'
import type { Mail } from './reporter.ts'

/**
 * What people do next. They decide by the state of the case that they see, so after a crash they look again and
 * continue.
 */
export type Move =
  | { readonly do: 'mail'; readonly mail: Mail }
  | {
      readonly do: 'command'
      readonly account: string
      readonly verb: string
      readonly input: Readonly<Record<string, string>>
    }
  | { readonly do: 'settle'; readonly effect: string }
  | { readonly do: 'move'; readonly to: number }
  /** The fixed version appears at the registry of packages. */
  | { readonly do: 'build' }
  | { readonly do: 'wait' }
  | { readonly do: 'finish' }

/**
 * How the story continues after the publication. `corrected`: a range of affected versions is corrected. `withdrawn`:
 * the CVE id comes late, a range is corrected, and then the record is withdrawn.
 */
export type Ending = 'corrected' | 'withdrawn'

export type Scene = {
  readonly ending: Ending
  readonly seen: Snapshot
  readonly sent: ReadonlySet<string>
  readonly sink: SmtpSink
  readonly targets: Targets
  readonly now: number
}

const WAIT: Move = { do: 'wait' }

/** The case of the first report. The cases of the other reports are opened and then left alone. */
export function mainCase({ streams, came }: Snapshot): CaseState | undefined {
  const stream = came.find((mail) => mail.envelopeFrom === REPORTER)?.stream
  const found = streams.find(({ id }) => id === stream)?.state
  return found?.kind === 'case' ? found : undefined
}

export const releaseOf = ({ streams }: Snapshot, state: CaseState | undefined): ReleaseState | undefined => {
  const found = streams.find(({ id }) => id === state?.release)?.state
  return found?.kind === 'release' ? found : undefined
}

/**
 * The next action in the story. One case goes from its first mail to the correction or withdrawal of its records. Two
 * other cases are only opened.
 */
export function nextMove(scene: Scene): Move {
  const { seen, sent } = scene
  const unsent = firstMails.find(({ messageId }) => !sent.has(messageId))
  if (unsent !== undefined) return { do: 'mail', mail: unsent }
  const state = mainCase(seen)
  const isTakenIn = seen.came.length >= sent.size && seen.came.every((mail) => mail.state !== 'waiting')
  if (state === undefined || !isTakenIn) return WAIT
  const release = releaseOf(seen, state)
  const [parked] = [...state.parked, ...(release?.parked ?? [])]
  if (parked !== undefined) return settling(scene, parked.effect)
  if (release !== undefined) return publication(scene, state, release)
  return (
    acknowledging(scene, state) ??
    assessing(state) ??
    fixing(scene, state) ??
    numbering(scene, state) ??
    approving(state) ??
    command(ANA, 'prenotify')
  )
}

const command = (account: string, verb: string, input: Readonly<Record<string, string>> = {}): Move => ({
  do: 'command',
  account,
  verb,
  input,
})

function acknowledging({ now }: Scene, state: CaseState): Move | undefined {
  if (state.acknowledgedAt !== undefined) return undefined
  // The next morning is after the deadline for an acknowledgment and within working hours, so the clock sends its
  // reminder.
  const nextMorning = later(state.openedAt, 25 * HOUR)
  if (now < nextMorning) return { do: 'move', to: nextMorning }
  if (!wasTold(state, 'acknowledge')) return WAIT
  return command(ANA, 'ack')
}

function assessing(state: CaseState): Move | undefined {
  if (state.disposition === undefined) {
    return command(ANA, 'triage', {
      disposition: 'valid',
      severity: 'high',
      cvss3: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N',
      cwe: 'CWE-22',
    })
  }
  if (branchesToFix(state).length === 0)
    return command(ANA, 'triage.affects', { branch: 'main', affected: 'yes', range: '< 4.2.7', fixedVersion: '4.2.7' })
  if (state.advisory === undefined) {
    return command(BEN, 'advisory', {
      component: 'template loader',
      impact: 'By naming a template, a visitor may read any file.',
    })
  }
  return state.rm === 'accepted' ? undefined : command(ANA, 'assign-patch', { to: 'ben' })
}

function fixing({ seen, sent, sink }: Scene, state: CaseState): Move | undefined {
  if (state.cs.fixReady !== undefined) return undefined
  const [branch] = branchesToFix(state)
  if (branch?.fix?.is === 'assigned')
    return command(BEN, 'patch', { action: 'submit', file: 'fix.patch', patch: '--- a/loader\n+++ b/loader\n' })
  const asked = mailOf({ seen, sink }, 'verification-request', REPORTER)
  if (asked === undefined) return WAIT
  const reply = replyTo(asked)
  if (!sent.has(reply.messageId)) return { do: 'mail', mail: reply }
  if (!state.messages.some((message) => message.from === 'reporter' && message.message !== state.reports[0]?.message))
    return WAIT
  return command(ANA, 'log-answer', { message: 'last', fix: 'fixed' })
}

/**
 * Decides about an effect whose outcome is unknown. If the effect may have reserved a CVE id, a person looks for an
 * unused id and records that id, instead of reserving another one.
 */
function settling({ targets }: Scene, effect: string): Move {
  const [unused] = targets.cve.service.ids.keys()
  return effect.endsWith('/reserve-cve') && unused !== undefined
    ? command(BEN, 'cve', { what: 'set', id: unused })
    : { do: 'settle', effect }
}

function numbering({ ending }: Scene, { cve }: CaseState): Move | undefined {
  if (ending === 'withdrawn')
    return cve === undefined ? command(ANA, 'cve', { what: 'request', link: 'https://cna.example/1' }) : undefined
  if (cve === undefined) return command(ANA, 'cve', { what: 'request' })
  return cve.id === undefined ? WAIT : undefined
}

const approving = (state: CaseState): Move | undefined =>
  state.approvals.some(({ status }) => status === 'open') ? command(BEN, 'approve') : undefined

function publication(scene: Scene, state: CaseState, release: ReleaseState): Move {
  const { seen, sent, sink, targets, now } = scene
  if (release.disclosedAt !== undefined) return correcting(scene, state)
  if (release.is === 'released') return targets.isBuilt || !waitsForVersions(release) ? WAIT : { do: 'build' }
  if (release.at === undefined || release.headsUpAt === undefined) return WAIT
  if (release.prenotified.some(({ sentAt }) => sentAt === undefined)) return WAIT
  const told = mailOf({ seen, sink }, 'prenotification', BOUNCING)
  if (told === undefined) return WAIT
  const bounce = bounceOf(told)
  if (!sent.has(bounce.messageId)) return { do: 'mail', mail: bounce }
  if (now < release.at) return { do: 'move', to: release.at }
  if (!wasTold(state, 'release')) return WAIT
  return approving(state) ?? command(ANA, 'disclose')
}

/** The right range of affected versions, which people find out only after the publication. */
export const CORRECTED_RANGE = '>= 4.1, < 4.2.7'

/** Why the record is withdrawn in the end. */
export const WITHDRAWN_BECAUSE = 'It is no vulnerability after all.'

/**
 * Makes the corrections of the story's ending, one after the other. With each correction, every record gets a new
 * revision.
 */
function correcting({ ending, targets }: Scene, state: CaseState): Move {
  const corrects = command(ANA, 'correct', {
    reason: 'The range was too wide: 4.0 is not affected.',
    affects: `main ${CORRECTED_RANGE}`,
    tell: 'everybody',
  })
  const moves =
    ending === 'corrected'
      ? [corrects]
      : [
          command(BEN, 'cve', { what: 'set', id: targets.lateCve() }),
          corrects,
          command(ANA, 'correct', { what: 'withdraw', reason: WITHDRAWN_BECAUSE, tell: 'everybody' }),
        ]
  return approving(state) ?? moves[state.corrections?.length ?? 0] ?? { do: 'finish' }
}

/** Whether the publication is waiting for the fixed version to appear at the registry. */
const waitsForVersions = ({ steps }: ReleaseState): boolean =>
  steps.some(({ step, begunBy }) => step === 'fixed-versions' && begunBy !== undefined)

/** The mail with this letter that the addressee got. It is found by its Message-ID, because it may be encrypted. */
function mailOf({ seen, sink }: Pick<Scene, 'seen' | 'sink'>, letter: string, to: string): ReceivedMail | undefined {
  const ids = new Set(
    seen.streams.flatMap(({ effects }) => effects.flatMap((one) => (one.letter === letter ? [one.messageId] : []))),
  )
  return sink.mails.find((mail) => mail.envelopeTo.includes(to) && ids.has(mail.header('message-id')))
}

const wasTold = (state: CaseState, clock: string): boolean =>
  Object.entries(state.told).some(([name, fraction]) => name.startsWith(`${clock}:`) && fraction > 0)
