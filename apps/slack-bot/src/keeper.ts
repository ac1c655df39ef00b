import { createKeeper } from '@embargo/bot-kit'
import type { Keeper, TextStore } from '@embargo/bot-kit'
import { readCarried, tooLong } from './render/button.ts'

/**
 * How many values that belong to no case are held in memory. There is a limit because anybody in the workspace can
 * submit forms, whose values are held here.
 */
const TEXTS_MAX = 500
const CHARACTERS_MAX = 1_000_000

/** Stores the value of a button here if it is too long for Slack, or if Slack must not see it. */
export const keeper = (engine: TextStore): Keeper =>
  createKeeper(engine, {
    textsMax: TEXTS_MAX,
    charactersMax: CHARACTERS_MAX,
    tooLong: (actions) => actions.flatMap((action) => tooLong(action) ?? []),
    caseIn: (text) => readCarried(text)?.input['case'],
  })
