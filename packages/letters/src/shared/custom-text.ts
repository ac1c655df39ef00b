import { layout } from '@embargo/core'
import { signature } from './letter.ts'
import type { Letter, LetterBase } from './letter.ts'

/** The letter with the project's own text. Subject, signature and attachments stay. Long lines are wrapped. */
export function withCustomText(written: Letter, base: LetterBase, text: string): Letter {
  return { ...written, text: `${layout([{ said: text.trim() }])}\n\n${signature(base)}\n` }
}
