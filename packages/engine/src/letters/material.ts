import type { LetterName, MessageId } from '@embargo/core'
import type { Letter, LetterMaterial as Material } from '@embargo/letters'
import type { ParsedMail } from '@embargo/mail'
import type { EffectContext } from '../dispatch/context.ts'

/** What a letter may be written from, and the way to what is stored. */
export type LetterMaterial = Material & {
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
