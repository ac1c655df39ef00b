import { outside } from './openpgp/open-inline.ts'
import type { Section } from './openpgp/open-inline.ts'
import type { MailFile } from './openpgp/open-files.ts'
import type { Entity } from './openpgp/open-mail.ts'
import { CLOSED_FILE } from './openpgp/protection.ts'

/**
 * Returns sections that name the attached files whose encryption or signature differs from that of the text. Each
 * encrypted file that was opened has a section of its own. If the text has no encrypted or signed blocks and no
 * encrypted file was opened, no sections are returned.
 */
export function fileSections(
  sections: readonly Section[],
  { encryption, signature }: Pick<Entity, 'encryption' | 'signature'>,
  files: readonly (Pick<MailFile, 'cover'> & { readonly name: string })[],
): readonly Section[] {
  const isUncovered = encryption === 'none' && signature === 'none'
  const hasBlocks = sections.some((section) => section.encryption !== 'none' || section.signature !== 'none')
  const opened = files.flatMap(({ name, cover }) =>
    cover?.encryption === 'openpgp' ? [{ ...outside(`Attached: ${name}`), ...cover }] : [],
  )
  const isMarked = isUncovered ? hasBlocks || opened.length > 0 : opened.length > 0
  const plain = isMarked && isUncovered ? namesOf(files.filter(({ cover }) => cover === undefined)) : []
  const closed =
    isMarked && encryption === 'none' ? namesOf(files.filter(({ cover }) => cover?.encryption === 'unreadable')) : []
  return [...plain, ...opened, ...closed.map((section) => ({ ...section, ...CLOSED_FILE }))]
}

const namesOf = (files: readonly { readonly name: string }[]): readonly Section[] =>
  files.length === 0 ? [] : [outside(`Attached: ${files.map(({ name }) => name).join(', ')}`)]
