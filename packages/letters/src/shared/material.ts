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

/** The facts for a letter. They are the same for a mail that is sent and for its preview. */
export type LetterMaterial = {
  /** The policy as it applies to this case. */
  readonly policy: Policy
  readonly project: Project
  /** The case that the letter is about. If there are several, the first one that the reader is told of. */
  readonly case: CaseState
  /**
   * Those cases of the release that the reader of the letter is told about. If the letter is about one case, or if
   * there is no release, this is the letter's own case only.
   */
  readonly cases: readonly CaseState[]
  readonly release?: ReleaseState
  /** The number of issues in the public heads-up of the release, if its cases get a heads-up. */
  readonly announced?: number
  readonly to: Addressee
  readonly report?: Report
  readonly list?: PrenotificationList
  readonly recipient?: Recipient
  /** The project's own OpenPGP key. Absent if the project has no key that people use. */
  readonly ownKey?: { readonly fingerprint: string; readonly armored: string }
  /**
   * Set if the letter answers a mail that came encrypted, but is itself sent unencrypted. Then nothing in it says what
   * that mail was about.
   */
  readonly readable?: true
  /** The event that causes the letter; absent in a preview. */
  readonly event?: Event
  /** The root command's name on each platform where it is renamed. */
  readonly roots: Roots
  readonly now: Instant
  /** The planned instant of the release. */
  readonly releaseAt?: Instant
  /** The change of a planned date, if the letter reports it. */
  readonly moved?: DateChange
  /** What a heads-up said and what is true now, if the letter corrects it. */
  readonly headsUp?: HeadsUpCorrection
  /** If the letter gives a reason: the reason in the words of the person who requested the change. */
  readonly because?: string
  /** When the publication happened or, in a preview, would happen. */
  readonly publishedAt: Instant
  /** Leaves out the links to the public advisory and CVE record, which nobody knows yet when a text is approved. */
  readonly withoutLinks?: true
}

/** What a letter takes from the store: references to texts, and the mails whose files go with the letter. */
export type StoredRefs = { readonly texts?: readonly string[]; readonly filesOf?: readonly MessageId[] }

/** A file of a received mail, unchanged. */
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

/** @throws CannotWrite when the text is not in the store */
export function storedText({ texts }: StoredContent, blob: string): string {
  const text = texts.get(blob)
  if (text === undefined) throw new CannotWrite('A stored text or patch of this case cannot be found.')
  return text
}

/** @throws CannotWrite when the mail with the files cannot be read */
export function storedFiles({ files }: StoredContent, message: MessageId): readonly ReceivedFile[] {
  const found = files.get(message)
  if (found === undefined)
    throw new CannotWrite('The files for this mail came with another mail, and that mail cannot be read.')
  return found
}
