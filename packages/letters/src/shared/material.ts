import type {
  Addressee,
  CaseState,
  Event,
  HeadsUpCorrection,
  Instant,
  MessageId,
  DateChange,
  Policy,
  PrenotificationList,
  Project,
  Recipient,
  ReleaseState,
  Report,
  Roots,
} from '@embargo/core'
import { CannotWrite } from './errors.ts'

/** What a letter may be written from. The same for a mail that leaves and for its preview. */
export type LetterMaterial = {
  /** The policy as it holds for this case. */
  readonly policy: Policy
  readonly project: Project
  /** The case that the letter is about; of several the first that its reader is told of. */
  readonly case: CaseState
  /** The cases of the release that its reader is told of; without a release, or in a letter about one case, that case. */
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
  readonly moved?: DateChange
  /** What a heads-up said, and what is so now, where the letter corrects it. */
  readonly headsUp?: HeadsUpCorrection
  /** The reason, as the person who asked for the change wrote it, if the letter says it. */
  readonly because?: string
  /** When it was, or would be, published. */
  readonly publishedAt: Instant
}

/** The stored texts, and the mails whose files, a letter takes in, by name. */
export type StoredRefs = { readonly texts?: readonly string[]; readonly filesOf?: readonly MessageId[] }

/** A file as it came with a mail. */
type ReceivedFile = {
  readonly name: string
  readonly type: string
  readonly content: Uint8Array
  readonly sha256: string
}

/** The stored texts and files that were found. */
export type StoredContent = {
  readonly texts: ReadonlyMap<string, string>
  readonly files: ReadonlyMap<MessageId, readonly ReceivedFile[]>
}

/** @throws CannotWrite when the store does not have it */
export function storedText({ texts }: StoredContent, blob: string): string {
  const text = texts.get(blob)
  if (text === undefined) throw new CannotWrite('A stored text or patch of this case cannot be found.')
  return text
}

/** @throws CannotWrite when their mail cannot be read */
export function storedFiles({ files }: StoredContent, message: MessageId): readonly ReceivedFile[] {
  const found = files.get(message)
  if (found === undefined) throw new CannotWrite('The mail whose files go with this one cannot be read.')
  return found
}
