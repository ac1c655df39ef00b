import type { LetterName } from '@embargo/core'
import { CannotWrite, LETTERS, NothingToSay } from '@embargo/letters'
import type { Letter, LetterMaterial } from '@embargo/letters'
import { CannotPerform, NotNeeded } from '../dispatch/effect-errors.ts'
import type { Deps } from '../deps.ts'
import { storedContent } from './stored-content.ts'

/** The text of a letter. @throws CannotPerform, NotNeeded */
export async function renderLetter(
  deps: Pick<Deps, 'blobText' | 'readMail'>,
  name: LetterName,
  material: LetterMaterial,
): Promise<Letter> {
  const { needs, write } = LETTERS[name]
  try {
    return write(material, await storedContent(deps, needs?.(material) ?? {}))
  } catch (error) {
    throw asEffectError(error)
  }
}

/**
 * Turns an error of a letter into the error of its effect. If a letter cannot be written, the effect cannot be
 * performed. If a letter would say nothing, the effect is not needed.
 */
function asEffectError(error: unknown): unknown {
  if (error instanceof CannotWrite) return new CannotPerform(error.message)
  return error instanceof NothingToSay ? new NotNeeded(error.message) : error
}
