import type { Actor } from '../shared/actor.ts'
import type { CommandId } from '../shared/ids.ts'
import type { Instant } from '../shared/instant.ts'
import type { ClockRequest } from './requests/clocks.ts'
import type { EmbargoRequest } from './requests/embargo.ts'
import type { MainLineRequest } from './requests/main-line.ts'
import type { ReleaseRequest } from './requests/releases.ts'
import type { PeopleRequest } from './requests/people.ts'
import type { DirectoryRequest } from './requests/directory.ts'
import type { SystemRequest } from './requests/system.ts'
import type { CaseWorkRequest } from './requests/case-work.ts'
import type { TwoPeopleRequest } from './requests/two-people.ts'
import type { WorldRequest } from './requests/world.ts'

export type { Addressee, LetterName } from './letter.ts'
export type { LoggedAnswer } from './requests/logged-answer.ts'
export type { Outcome } from './requests/outcome.ts'
export type { Rendering } from './requests/rendering.ts'
export type { SignalRequest } from './requests/world.ts'
export type { ChannelNews, SystemRequest } from './requests/system.ts'

/** A person's requests, by verb. */
export type PersonRequest =
  | ClockRequest
  | EmbargoRequest
  | MainLineRequest
  | PeopleRequest
  | ReleaseRequest
  | CaseWorkRequest
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

/** A command that waits for a second person's approval, or is about to ask for it: it carries what was shown. */
export type PendingCommand = Exclude<WithPreview<PersonRequest>, { verb: 'approve' }>
export type TwoPersonVerb = PendingCommand['verb']

export type Command = {
  readonly commandId: CommandId
  readonly actor: Actor
  readonly at: Instant
  readonly request: Request
  /**
   * What a person typed, chose or pressed, if the request was made from that. A repeated delivery has the same input,
   * although what it refers to ("the last mail") may have changed by then.
   */
  readonly typed?: Readonly<Record<string, string>> | string
}
