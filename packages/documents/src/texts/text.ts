/** A file that goes with a text. */
export type TextAttachment = { filename: string; contentType: string; content: string }

/** A text ready to be sent or posted, before it has headers. */
export type Text = { subject: string; text: string; attachments: readonly TextAttachment[] }

/** A public text. Its type allows no attachments. */
export type PublicText = Text & { attachments: readonly [] }

/** Names in a sentence: `4.2.7`, `4.2.7 and 3.9.12`, `5.0.1, 4.2.7 and 3.9.12`. */
export function listed(names: readonly string[], word: 'and' | 'or' = 'and'): string {
  const last = names.at(-1)
  if (last === undefined) return ''
  return names.length === 1 ? last : `${names.slice(0, -1).join(', ')} ${word} ${last}`
}

const SMALL = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve']

/** A small number as a word (`two`), a larger one in digits (`13`). */
export const inWords = (count: number): string => SMALL[count] ?? String(count)

/** `one security issue`, `three security issues`. */
export function issues(count: number): string {
  return `${inWords(count)} security issue${count === 1 ? '' : 's'}`
}

/** What is published on the day: a release, or an advisory if there is nothing to release, as for a hosted service. */
export const publicationKind = (nothingToRelease: boolean | undefined): 'advisory' | 'release' =>
  nothingToRelease === true ? 'advisory' : 'release'
