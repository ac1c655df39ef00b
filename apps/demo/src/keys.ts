import { DAY, later } from '@embargo/core'
import type { Instant } from '@embargo/core'
import { createKey } from '@embargo/mail'
import type { OwnKey } from '@embargo/mail'
import { REPORTER, SECURITY } from './cast.ts'

export type StageKeys = { readonly project: OwnKey; readonly reporter: OwnKey }

/** How long before the play the keys were made, and how long they are valid in all. */
const AGE = 30 * DAY
const VALID = 730 * DAY

/** Makes the keys of the project and of the reporter. */
export async function createKeys(opening: Instant): Promise<StageKeys> {
  const at = later(opening, -AGE)
  const valid = { at, expiresAt: later(at, VALID) }
  return {
    project: await createKey({ name: 'Quillmark security', address: SECURITY, ...valid }),
    reporter: await createKey({ ...REPORTER, ...valid }),
  }
}
