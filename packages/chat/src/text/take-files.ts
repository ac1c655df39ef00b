import type { OptionInfo } from '../option.ts'
import type { GivenFile } from '../types.ts'
import { bytesInWords } from './bytes.ts'
import { textOfBytes } from './text-of-bytes.ts'

export type TakenFiles =
  | { readonly ok: true; readonly values: Readonly<Record<string, string>> }
  | { readonly ok: false; readonly because: string }

/** The longest file name. A name is shown on one line, and no option accepts a longer name. */
const NAME_MAX = 200

/**
 * The values of an input, with the text of each attached file as the value of its option. If a value is both typed and
 * attached, the input is refused. The reason in `because` never repeats a file's content.
 */
export function takeFiles(
  options: readonly OptionInfo[],
  files: readonly GivenFile[],
  typed: Readonly<Record<string, string>>,
): TakenFiles {
  const values: Record<string, string> = { ...typed }
  for (const file of files) {
    const option = options.find(
      ({ name, kind, fills }) => kind === 'file' && (name === file.option || fills?.text === file.option),
    )
    if (option?.fills === undefined) return { ok: false, because: 'This command takes no file.' }
    const { text, name } = option.fills
    if (values[text] !== undefined)
      return { ok: false, because: 'The text came twice, once typed and once as a file: one of them is enough.' }
    const most = option.most ?? 0
    if (file.bytes.length > most)
      return {
        ok: false,
        because: `The file has ${bytesInWords(file.bytes.length)}; the limit is ${bytesInWords(most)}.`,
      }
    const read = textOfBytes(file.bytes)
    if (read === undefined) return { ok: false, because: 'The file is not text in UTF-8.' }
    values[text] = read
    if (name !== undefined && values[name] === undefined && file.name !== '')
      values[name] = file.name.slice(0, NAME_MAX).toWellFormed()
  }
  return { ok: true, values }
}
