import { createKeeper } from '@embargo/bot-kit'
import type { Keeper, TextStore } from '@embargo/bot-kit'
import { oversizedValues } from './render/button.ts'
import { readCarried } from './render/custom-id.ts'

/**
 * How many values that belong to no case are held in memory. There is a limit because a form’s text may be long, and
 * anybody in the server can submit forms.
 */
const TEXTS_MAX = 2000
const CHARACTERS_MAX = 4_000_000

/** Stores the values that are too long for Discord's buttons and forms. */
export const keeper = (engine: TextStore): Keeper =>
  createKeeper(engine, {
    textsMax: TEXTS_MAX,
    charactersMax: CHARACTERS_MAX,
    tooLong: oversizedValues,
    caseIn: (text) => readCarried(text)?.input['case'],
  })
