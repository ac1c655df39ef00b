import { layout } from '@embargo/core'
import { signature } from './letter.ts'
import type { Letter, LetterBase } from './letter.ts'

/**
 * The same letter with a text of the project's own: subject, signature and attachments stay. Long lines are wrapped.
 */
export function withCustomText(written: Letter, base: LetterBase, text: string): Letter {
  return { ...written, text: `${layout([{ said: text.trim() }])}\n\n${signature(base)}\n` }
}
