import { BlobId } from '@embargo/core'
import type { MessageId } from '@embargo/core'
import type { StoredContent, StoredRefs } from '@embargo/letters'
import type { ParsedMail } from '@embargo/mail'
import type { Deps } from '../deps.ts'

/**
 * The stored texts and files that a letter quotes. Missing texts and files are left out, and the letter says which are
 * missing.
 */
export async function storedContent(
  deps: Pick<Deps, 'blobText' | 'readMail'>,
  { texts = [], filesOf = [] }: StoredRefs,
): Promise<StoredContent> {
  return { texts: await readTexts(deps, texts), files: await readFiles(deps, filesOf) }
}

async function readTexts(deps: Pick<Deps, 'blobText'>, names: readonly string[]): Promise<StoredContent['texts']> {
  const found = new Map<string, string>()
  for (const name of names) {
    const id = BlobId.safeParse(name)
    const text = id.success ? await deps.blobText(id.data) : undefined
    if (text !== undefined) found.set(name, text)
  }
  return found
}

async function readFiles(
  deps: Pick<Deps, 'readMail'>,
  messages: readonly MessageId[],
): Promise<StoredContent['files']> {
  const found = new Map<MessageId, ParsedMail['attachments']>()
  for (const message of messages) {
    const mail = await deps.readMail(message)
    if (mail !== undefined) found.set(message, mail.attachments)
  }
  return found
}
