import { acknowledge } from './acknowledge.ts'
import { acknowledgePrenotification } from './acknowledge-prenotification.ts'
import { archiveChannel } from './archive-channel.ts'
import { consentSilence } from './consent-silence.ts'
import { craEarlyWarning } from './cra-early-warning.ts'
import { craFinal } from './cra-final.ts'
import { craNotification } from './cra-notification.ts'
import { decideValidity } from './decide-validity.ts'
import type { Deadline, CommandFormatter } from './definition.ts'
import { embargoEnd } from './embargo-end.ts'
import type { Audience } from './escalation.ts'
import { exploitDuty } from './exploit-duty.ts'
import { fixReady } from './fix-ready.ts'
import { lateMail } from './late-mail.ts'
import type { DeadlineName } from '../vocabulary/deadline-name.ts'
import { needsInfo } from './needs-info.ts'
import { offerOwner } from './offer-owner.ts'
import { ossSecurityDuty } from './oss-security-duty.ts'
import { fixedVersions } from './fixed-versions.ts'
import { prenotify } from './prenotify.ts'
import { publishCve } from './publish-cve.ts'
import { publicationStep } from './publication-step.ts'
import { release } from './release.ts'
import { reporterVerification } from './reporter-verification.ts'
import { requestCve } from './request-cve.ts'
import { retrospective } from './retrospective.ts'
import { signal } from './signal.ts'
import { stale } from './stale.ts'
import { updateReporter } from './update-reporter.ts'
import { waitingOnParty } from './waiting-on-party.ts'

/** Every deadline. If several are due at the same time, they are listed in this order. */
const DEADLINES = {
  acknowledge,
  'offer-owner': offerOwner,
  'decide-validity': decideValidity,
  'update-reporter': updateReporter,
  'fix-ready': fixReady,
  'reporter-verification': reporterVerification,
  prenotify,
  'acknowledge-prenotification': acknowledgePrenotification,
  release,
  'fixed-versions': fixedVersions,
  'publication-step': publicationStep,
  'needs-info': needsInfo,
  'waiting-on-party': waitingOnParty,
  'request-cve': requestCve,
  'publish-cve': publishCve,
  stale,
  'consent-silence': consentSilence,
  'embargo-end': embargoEnd,
  retrospective,
  'oss-security-duty': ossSecurityDuty,
  'exploit-duty': exploitDuty,
  'cra-early-warning': craEarlyWarning,
  'cra-notification': craNotification,
  'cra-final': craFinal,
  signal,
  'late-mail': lateMail,
  'archive-channel': archiveChannel,
} satisfies { readonly [Name in DeadlineName]: Deadline<Name> }

export const deadlines: readonly Deadline[] = Object.values(DEADLINES)

/**
 * The deadline of a clock. The id of a clock begins with the deadline's name. Undefined for an id that an older version
 * of the program stored.
 */
export function deadlineOf(clock: string): Deadline | undefined {
  const [name] = clock.split('/')
  return deadlines.find((deadline) => deadline.name === name)
}

/** The task in words that an unencrypted mail may contain. */
export const deadlineWords = (clock: string): string => deadlineOf(clock)?.words ?? 'look at the case'

/** The task in words for the case's channel. `about` is the `about` of the running clock. */
export function channelWords(clock: string, about: string | undefined, typed: CommandFormatter): string {
  const { channelWords: words } = deadlineOf(clock) ?? {}
  if (typeof words === 'string') return words
  return about === undefined || words === undefined ? deadlineWords(clock) : words(about, typed)
}

/** The audiences that are told about a deadline, in the order in which they are told. */
export const hearersOf = ({ hears = ['owner', 'team', 'admins'] }: Deadline): readonly Audience[] => hears

/**
 * Whether Embargo does the task of this clock itself. If so, nobody is reminded of the task, and nobody can postpone
 * it.
 */
export const isAutomatic = ({ clock }: { readonly clock: string }): boolean => deadlineOf(clock)?.automatic === true
