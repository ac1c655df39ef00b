import type { Actor } from '../shared/actor.ts'
import type { CommandId } from '../shared/ids.ts'
import type { Instant } from '../shared/instant.ts'
import type { AdvisoryLinkRequest } from '../events/case/advisory-link.ts'
import type { ChannelsRequest } from '../events/case/channels.ts'
import type { ClockRequest } from '../events/case/clocks.ts'
import type { CorrectionRequest } from '../events/case/correction.ts'
import type { CourseRequest } from '../events/case/course.ts'
import type { CveRequest } from '../events/case/cve.ts'
import type { EmbargoRequest } from '../events/case/embargo.ts'
import type { FixRequest } from '../events/case/fix.ts'
import type { IntakeRequest } from '../events/case/intake.ts'
import type { KeysRequest } from '../events/case/keys.ts'
import type { MergingRequest } from '../events/case/merging.ts'
import type { PeopleRequest } from '../events/case/people.ts'
import type { PublicationStepRequest } from '../events/case/publication-steps.ts'
import type { ReleaseRequest } from '../events/case/release.ts'
import type { ReportManagementRequest } from '../events/case/report-management.ts'
import type { RetroRequest } from '../events/case/retro.ts'
import type { TwoPeopleRequest } from '../events/case/two-people.ts'
import type { WorldRequest } from '../events/case/world.ts'
import type { DirectoryRequest } from '../events/people-events.ts'
import type { SystemRequest } from './system-request.ts'

export type { Addressee, LetterName } from './letter.ts'
export type { LoggedAnswer } from '../events/logged-answer.ts'
export type { Outcome } from './outcome.ts'
export type { Rendering } from '../events/rendering.ts'
export type { SignalRequest } from '../events/case/world.ts'
export type { ChannelNews, SystemRequest } from './system-request.ts'

/**
 * A person's requests, by verb. The `case` of a request is the case in whose channel, or with whose number, the command
 * was typed.
 */
export type PersonRequest =
  | AdvisoryLinkRequest
  | ChannelsRequest
  | ClockRequest
  | CorrectionRequest
  | CourseRequest
  | CveRequest
  | EmbargoRequest
  | FixRequest
  | IntakeRequest
  | KeysRequest
  | MergingRequest
  | PeopleRequest
  | PublicationStepRequest
  | ReleaseRequest
  | ReportManagementRequest
  | RetroRequest
  | TwoPeopleRequest
  | WorldRequest

export type Request = PersonRequest | DirectoryRequest | SystemRequest
export type Verb = Request['verb']
export type PersonVerb = PersonRequest['verb']

export type RequestOf<V extends PersonVerb> = Extract<PersonRequest, { verb: V }>

type WithPreview<R extends PersonRequest> = R extends { verb: PersonVerb }
  ? 'shown' extends keyof R
    ? R
    : never
  : never

/** A command that contains what its preview showed, because it must be carried out exactly as shown. */
export type ShownCommand = Exclude<WithPreview<PersonRequest>, { verb: 'approve' }>

/**
 * A command that needs a second person's approval. There is one exception: `correct.cve`, which adds a CVE id that came
 * too late for the publication, needs an approval only if it waives a finding.
 */
export type PendingCommand = ShownCommand
export type TwoPersonVerb = Exclude<PendingCommand['verb'], 'correct.cve'>

export type Command = {
  readonly commandId: CommandId
  readonly actor: Actor
  readonly at: Instant
  readonly request: Request
  /**
   * The raw input that a person typed, chose or pressed, if there was any. If a platform delivers a command twice, the
   * inputs are equal. The requests may differ, because the meaning of an input such as "the last mail" can change
   * between the deliveries.
   */
  readonly typed?: Readonly<Record<string, string>> | string
}
