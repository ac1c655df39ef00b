import type { Platform } from '@embargo/core'
import { PLATFORM_WORDS } from '@embargo/core'
import type { Action, Card } from '@embargo/engine'
import { EngineError } from '@embargo/engine'
import type { Form, FormField } from '../types.ts'
import { buildCard } from './card.ts'
import type { CardParts } from './card.ts'
import { line, sentence } from './spans.ts'

/**
 * A card from Embargo's own app on the platform. It answers no command, is about no case, and only one person sees it.
 */
function appCard(title: string, text: string, rest: Pick<CardParts, 'actions' | 'quote'> = {}): Card {
  return buildCard({ kind: 'notice', notification: 'Embargo', title, lines: [line(sentence(text))], ...rest })
}

const STATUS: Action = { label: 'Status', verb: 'status', input: {} }

/** Shown if a delivery from the platform could not be handled: says what is certain, and what to do. */
export const failedCard = (error: unknown): Card =>
  appCard(
    'That did not work',
    error instanceof EngineError
      ? error.message
      : 'Something broke on our side. What you asked for may or may not have been done: check before you repeat it. The program’s own log has the details.',
    { actions: [STATUS] },
  )

/** For a platform without confirmation dialogs: a card whose button confirms. */
export const toConfirmCard = (text: string, yes: Action): Card => appCard('Please confirm', text, { actions: [yes] })

/**
 * The card that leads to the next page of a form, if the form has more fields than the platform shows at once. The card
 * repeats what was written so far, because a restart of the program loses earlier pages.
 */
export function nextPageCard(next: readonly FormField[], before: readonly FormField[]): Card {
  const mayStayEmpty = next.every((field) => field.optional === true)
  const written = before.flatMap((field) => (isFilled(field) ? [`${field.label}: ${inWords(field)}`] : []))
  return appCard(
    'One more page',
    `Nothing is recorded yet. ${mayStayEmpty ? 'You can add' : 'Still needed'}: ${next.map(({ label }) => label).join(', ')}.`,
    written.length === 0 ? {} : { quote: { label: 'What you wrote so far', text: written.join('\n') } },
  )
}

const isFilled = ({ value }: FormField): boolean => value !== undefined && value !== ''

const inWords = ({ choices, value }: FormField): string =>
  choices?.find((choice) => choice.value === value)?.label ?? value ?? ''

/** For places where a form cannot be opened directly: a button opens the form, filled in with what was typed so far. */
export function formFirstCard(form: Form): Card {
  const filled = form.fields.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value] as const]))
  const input = { ...form.hidden, ...Object.fromEntries(filled) }
  return appCard(form.title, 'A few words are needed first.', {
    actions: [{ label: 'Open the form', verb: form.verb, input, form: true, style: 'primary' }],
  })
}

export const formNotOpenedCard = (because: string): Card => appCard('The form did not open', because)

/** Shown if the platform took too long to open the form, or if the button was pressed too long ago. */
export const formTooLateCard = (platform: Platform): Card =>
  formNotOpenedCard(`${PLATFORM_WORDS[platform].called} did not open the form in time. Please try once more.`)

/**
 * Shown if a person submits a page of a form that a restart has lost. The card repeats what the person typed on that
 * page. What they typed on earlier pages is on the card that led to that page.
 */
export const formForgottenCard = (written: readonly string[], hasPagesBefore: boolean): Card =>
  appCard(
    'Embargo was restarted while the form was open',
    `Nothing was done. Open the form again; ${hasPagesBefore ? 'what you wrote on this page is below, and what you wrote on earlier pages is in the card above' : 'what you wrote is below'}.`,
    { quote: { label: 'What you wrote', text: written.join('\n\n') } },
  )

/** For a platform that has already closed the form: a button that opens the form again with what was written. */
export const backToFormAction = (verb: string, input: Action['input']): Action => ({
  label: 'Back to what I wrote',
  verb,
  input,
  form: true,
})

export const fileNotTakenCard = (because: string): Card => appCard('The file was not taken', because)

export const noCaseCard = (): Card =>
  appCard('That is no case', 'A case’s number looks like SEC-2026-0042. Nothing was done.')

export const noTextCard = (): Card =>
  appCard('There is no text to take', 'Choose a message that a person wrote: the form opens with its text.')

export const notOfferedCard = (verb: string): Card =>
  appCard('That is not offered here', `“${verb}” is not a command of this deployment.`)

export const buttonTooOldCard = (): Card =>
  appCard(
    'This button is too old',
    'Embargo no longer knows what this button does. Type the command instead, or look at the case’s status.',
    { actions: [STATUS] },
  )

/** Shown with a file that contains what was too long for one message. */
export const restInFileCard = (): Card =>
  appCard('What you were just shown', 'It was too long for one message: all of it is in the file.')

export const filesNotSentCard = (): Card =>
  appCard(
    'The files could not be passed on',
    'Perhaps this workspace does not allow files. Fetch them in the terminal: embargo read mails <mail> --files ./evidence',
  )

export const unknownAccountCard = (platform: Platform): Card =>
  appCard(
    'Embargo does not know you',
    `This ${PLATFORM_WORDS[platform].called} account belongs to nobody in the policy. Link it to your account on another platform, or ask the person who runs Embargo to add it.`,
  )
