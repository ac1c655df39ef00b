export type * from './types.ts'
export { asksCase, CASE_FIELD, withCaseField } from './case-field.ts'
export { withPickedZone, withZone } from './form-zone.ts'
export type { AsksCase } from './case-field.ts'
export { catalogue } from './catalogue.ts'
export type { CatalogueEntry } from './catalogue.ts'
export { COMMANDS } from './commands/index.ts'
export { defineCommand } from './define-command.ts'
export type { CommandAvailability, CaseInView, ChatCommand, Setting } from './chat-command.ts'
export { explainCommand } from './explain/explain-command.ts'
export { nearest } from './nearest.ts'
export { FORM_TITLE_MAX } from './form.ts'
export { about, kebab } from './option.ts'
export type { OptionWords, OptionInfo } from './option.ts'
export type { SuggestKind, Suggests } from './suggestion-kind.ts'
export { MESSAGE_ACTION_LABEL_MAX, MESSAGE_ACTIONS, messageInput, withLeftBehind } from './message-actions.ts'
export type { MessageAction } from './message-actions.ts'
export { liftInWords } from './cards/refusal.ts'
export { Deliveries } from './platform/deliveries.ts'
export { isStaleForm, isStale } from './platform/stale.ts'
export { sendCurrentStatus } from './platform/current-status.ts'
export { SubmissionIds } from './platform/dedupe.ts'
export { headline } from './redact/headline.ts'
export { createPresenter } from './presenter.ts'
export { reportOfSlot } from './present/report-slot.ts'
export {
  backToFormAction,
  buttonTooOldCard,
  failedCard,
  fileNotTakenCard,
  formFirstCard,
  formForgottenCard,
  formNotOpenedCard,
  formTooLateCard,
  nextPageCard,
  noCaseCard,
  noTextCard,
  notOfferedCard,
  filesNotSentCard,
  restInFileCard,
  toConfirmCard,
  unknownAccountCard,
} from './cards/app.ts'
export { awayCard } from './cards/away.ts'
export { intakeChannelCard } from './cards/intake-channel.ts'
export { outsidersCard } from './cards/outsiders.ts'
export { roomCard } from './cards/room.ts'
export { stalledClocksCard } from './cards/stalled-clocks.ts'
export { commandHelpCard } from './cards/help.ts'
export { heldReportsCard } from './cards/held-reports.ts'
export { addresseeInWords, letterInWords } from './cards/letters.ts'
export { quotaCard } from './cards/quota.ts'
export { unreadMailCard } from './cards/unread-mail.ts'
export { setAsideCard } from './cards/set-aside.ts'
export { commandReference } from './reference.ts'
export { createRouter } from './router.ts'
export type { Router } from './router.ts'
export type { SuggestRequest } from './suggest/ask.ts'
export { plainLine, renderPlain } from './render/plain.ts'
export { renderFormAsText, renderTerminal } from './render/terminal.ts'
export { TERMINAL_COLUMNS } from './render/wrap.ts'
export type { TerminalOptions } from './render/terminal.ts'
export { shellWord } from './render/typed-action.ts'
export { SUGGESTION_LABEL_MAX, SUGGESTION_VALUE_MAX, SUGGESTIONS_MAX } from './suggest/suggest.ts'
export { bytesInWords } from './text/bytes.ts'
export type { NamedFile } from './text/zip.ts'
export { cut, defang, defangHosts, safeJson, safeLine, safeText } from './text/safe-text.ts'
export { textOfBytes } from './text/text-of-bytes.ts'
export { timeInWords, timesInWords } from './text/times.ts'
export { formOfTyped } from './typed-form.ts'
export { typedAt } from './usage.ts'
export { chatVerbOf, typedName, typedRequest } from './verbs.ts'
export { resolve, waysOf, wayOption } from './resolve.ts'
export { doubtsInWords } from './views/doubts-line.ts'
export { nextTyped } from './views/next-typed.ts'
export type { NextTyped } from './views/next-typed.ts'
export { isTheirs } from './views/many-cases.ts'
export { typedZone } from './text/zones.ts'
