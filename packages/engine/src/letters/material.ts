import type {
  Addressee,
  CaseState,
  Event,
  HeadsUpCorrection,
  Instant,
  LetterName,
  MessageId,
  Moved,
  Policy,
  PrenotificationList,
  Project,
  Recipient,
  ReleaseState,
  Report,
  Roots,
} from '@embargo/core'
import type { Letter } from '@embargo/letters'
import type { ParsedMail } from '@embargo/mail'
import type { EffectContext } from '../dispatch/context.ts'

/** What a letter may be written from. The same for a mail that leaves and for its preview. */
export type LetterMaterial = {
  /** The policy as it holds for this case. */
  readonly policy: Policy
  readonly project: Project
  /** The case that the letter is about; of several the first that its reader is told of. */
  readonly case: CaseState
  /** The cases of the release that its reader is told of; the case alone where there is none, or the letter is about one. */
  readonly cases: readonly CaseState[]
  readonly release?: ReleaseState
  readonly to: Addressee
  readonly report?: Report
  readonly list?: PrenotificationList
  readonly recipient?: Recipient
  /** What happened; absent in a preview, where nothing has. */
  readonly event?: Event
  /** How the root command is called on a platform where it is renamed. */
  readonly roots: Roots
  readonly now: Instant
  /** The planned instant of the release. */
  readonly releaseAt?: Instant
  /** A planned date that does not hold, where the letter tells of that. */
  readonly moved?: Moved
  /** What a heads-up said, and what is so now, where the letter corrects it. */
  readonly headsUp?: HeadsUpCorrection
  /** Why, in the words of whoever asked for it, where the letter says that. */
  readonly because?: string
  /** When it was, or would be, published. */
  readonly publishedAt: Instant
  /** The text of a blob. @throws CannotPerform */
  text(blob: string): Promise<string>
  /** The files of a stored mail. @throws CannotPerform */
  files(message: MessageId): Promise<ParsedMail['attachments']>
}

/** One letter a file; the words are those of mail and advisory, here the state becomes their fields. */
export type LetterRenderer = {
  readonly letter: LetterName
  /** @throws CannotPerform when the case lacks what the letter must say */
  render(material: LetterMaterial): Letter | Promise<Letter>
}

/** What a mail is written from. */
export type MailContext = Pick<EffectContext<'send-mail'>, 'effect' | 'recorded' | 'world' | 'now' | 'deps'>
