import { asJson } from '@embargo/emulator-kit'
import type { Platform } from '../web-api/call.ts'
import { presentHome, presentMessage, presentView } from '../web-api/present.ts'
import { closeViews, stackOf } from '../modals.ts'
import { playResponse } from '../responses.ts'
import type { Option } from '../blocks/text.ts'
import type { Upload } from '../files-desk.ts'
import { FILE_INPUT_BYTES_MAX, FILE_INPUT_FILES_MAX } from '../limits.ts'
import type { Home, OpenView, User } from '../state.ts'
import { actionOf, messageAction, stateOf, viewAction } from './click.ts'
import { escapeTyped } from './escape.ts'
import { elementNamed, sightOf } from './find.ts'
import type { InputValue } from './inputs.ts'
import { Member } from './member.ts'
import { NotPossible } from './not-possible.ts'
import { fromAck, Outcome } from './outcome.ts'
import { commandPayload, interactivePayload } from './payloads.ts'
import type { InputErrors, SubmitEffect } from './submit.ts'
import { clientErrors, fillIn, inputNamed, settle } from './submit.ts'
import { readSuggestions, suggestionPayload } from './suggest.ts'

/**
 * For the name of each of the app's commands: whether Slack escapes the text after the command. Undefined if there is
 * no list of commands to check against; then every command name is accepted.
 */
export type Commands = ReadonlyMap<string, boolean> | undefined

/** The commands and shortcuts in the manifest that people can call. */
export type CallableCommands = { readonly commands: Commands; readonly shortcuts: readonly string[] | undefined }

/** The result of a submission. `sent` is false if Slack's client refused it before anything was sent to the app. */
export type SubmitOutcome = {
  readonly sent: boolean
  readonly outcome: Outcome | undefined
  readonly result: SubmitEffect['kind'] | 'failed'
  readonly errors: InputErrors | undefined
  /** The modal that the person sees now, if any. */
  readonly current: OpenView | undefined
}

/** A member of the workspace, with everything that a person can do in Slack's own client. */
export class Person extends Member {
  readonly #callable: CallableCommands

  constructor(user: User, platform: Platform, callable: CallableCommands) {
    super(user, platform)
    this.#callable = callable
  }

  /** The modal in front of the person, if any. */
  get view(): OpenView | undefined {
    return this.platform.workspace.views.filter((each) => each.open && each.user === this.user.id).at(-1)
  }

  /**
   * Types a slash command in a channel, which is given by its id or name. Resolves when the app has acknowledged the
   * command or has failed to do so.
   */
  async command(command: string, text: string, channel: string): Promise<Outcome> {
    const { workspace, interactions, delivery } = this.platform
    const place = this.channel(channel)
    const interaction = interactions.begin({ user: this.user.id, channel: place.id })
    const { commands } = this.#callable
    const escape = commands?.get(command) ?? (commands ? undefined : true)
    if (escape === undefined) {
      return new Outcome(workspace, interaction, { acknowledged: undefined, failure: 'no_such_command', ackMs: 0 })
    }
    workspace.remember(text)
    const typed = { command, text: escape ? escapeTyped(workspace, text) : text }
    const payload = commandPayload(workspace, { user: this.user, channel: place, interaction }, typed)
    const ack = await delivery.send({ type: 'slash_commands', payload, acceptsResponse: true })
    const seen = fromAck(ack)
    const isAnswer = ack.ok && Object.keys(ack.payload).length > 0
    const played = isAnswer ? playResponse(workspace, interaction, ack.payload) : undefined
    const failure = played && played.status !== 200 ? 'invalid_response' : seen.failure
    return new Outcome(workspace, interaction, { ...seen, failure })
  }

  /**
   * Presses a button of a message, or chooses `value` in a menu of the message. `name` is the text of the button, or
   * the action_id of the button or menu.
   */
  async click(messageTs: string, name: string, value?: InputValue): Promise<Outcome> {
    const { workspace, interactions } = this.platform
    const sight = sightOf(workspace, this.user.id, messageTs)
    const placed = elementNamed(sight.message.blocks, name)
    const interaction = interactions.begin({
      user: this.user.id,
      channel: sight.channel.id,
      origin: sight.message,
    })
    const action = actionOf(workspace, placed, value)
    const payload = messageAction(
      workspace,
      { user: this.user, sight, interaction },
      { action, placed, state: stateOf(placed, value) },
    )
    return new Outcome(workspace, interaction, fromAck(await this.#interact(payload)))
  }

  /**
   * Presses a button in a modal, or chooses `value` in a menu of the modal. Without `view`, the modal in front is used.
   */
  async clickIn(view: OpenView | undefined, name: string, value?: InputValue): Promise<Outcome> {
    const { workspace, interactions } = this.platform
    const open = this.#open(view)
    const placed = elementNamed(open.view.blocks, name)
    const action = actionOf(workspace, placed, value)
    const state = stateOf(placed, value)
    if (state) open.values.get(String(action['block_id']))?.set(String(action['action_id']), state)
    const interaction = interactions.begin({ user: this.user.id, view: open.id })
    const payload = viewAction(workspace, { user: this.user, open, interaction }, action)
    return new Outcome(workspace, interaction, fromAck(await this.#interact(payload)))
  }

  /**
   * Types into an external select, named by its label, and returns the app's options; undefined if the app offers none.
   */
  async suggestions(view: OpenView | undefined, name: string, typed: string): Promise<readonly Option[] | undefined> {
    const { workspace } = this.platform
    const open = this.#open(view)
    const placed = inputNamed(open, name)
    workspace.remember(typed)
    const ack = await this.#interact(suggestionPayload(workspace, { user: this.user, open }, { placed, typed }), true)
    const offered = ack.ok ? readSuggestions(ack.payload) : undefined
    open.offered.set(placed.block.block_id ?? '', offered ?? [])
    return offered
  }

  async #search(open: OpenView, name: string, value: InputValue): Promise<void> {
    const placed = inputNamed(open, name)
    const { type } = placed.element
    if (value === null || (type !== 'external_select' && type !== 'multi_external_select')) return
    for (const typed of typeof value === 'string' ? [value] : value) {
      const known = open.offered.get(placed.block.block_id ?? '') ?? []
      if (known.some((option) => option.value === typed || option.text.text === typed)) continue
      await this.suggestions(open, name, typed)
      const found = open.offered.get(placed.block.block_id ?? '') ?? []
      open.offered.set(placed.block.block_id ?? '', [...known, ...found])
    }
  }

  /** Adds files to a file input of a modal. `name` is the label or the action_id of the input. */
  addFiles(view: OpenView | undefined, name: string, uploads: readonly Upload[]): void {
    const { files } = this.platform
    const open = this.#open(view)
    const { block, element } = elementNamed(open.view.blocks, name)
    if (element.type !== 'file_input') throw new NotPossible(`${name} takes no files.`)
    if (uploads.length > (element.max_files ?? FILE_INPUT_FILES_MAX)) throw new NotPossible('These are too many files.')
    const large = uploads.find((each) => each.bytes.length > FILE_INPUT_BYTES_MAX)
    if (large) throw new NotPossible(`${large.name} is larger than Slack takes.`)
    const state = { type: 'file_input', files: uploads.map((each) => files.add(this.user.id, each)) }
    open.values.get(block.block_id ?? '')?.set(element.action_id ?? '', state)
  }

  /** The Home tab that the app published for this person. */
  get home(): Home | undefined {
    return this.platform.workspace.homes.get(this.user.id)
  }

  /** Opens the app's Home tab. */
  openHome(): void {
    const { workspace, events } = this.platform
    if (!workspace.homeEnabled) throw new NotPossible('The app has no Home tab.')
    events.homeOpened(this.user.id, this.home && presentHome(workspace, this.home))
  }

  /** Presses a button of the Home tab. */
  async clickHome(name: string): Promise<Outcome> {
    const { workspace, interactions } = this.platform
    const { home } = this
    if (!home) throw new NotPossible('The Home tab is empty.')
    const action = actionOf(workspace, elementNamed(home.view.blocks, name), undefined)
    const interaction = interactions.begin({ user: this.user.id, view: home.id })
    const payload = interactivePayload(workspace, this.user, {
      type: 'block_actions',
      container: { type: 'view', view_id: home.id },
      trigger_id: interaction.triggerId,
      view: presentHome(workspace, home),
      actions: [action],
    })
    return new Outcome(workspace, interaction, fromAck(await this.#interact(payload)))
  }

  /**
   * Fills in a modal, with each input named by block_id, action_id or label, and submits it. For a searchable input,
   * the person types the value and picks it from the app's options.
   */
  async submit(view: OpenView | undefined, values: Readonly<Record<string, InputValue>>): Promise<SubmitOutcome> {
    const { workspace, interactions } = this.platform
    const open = this.#open(view)
    if (!open.view.submit) throw new NotPossible('This modal has no submit button.')
    for (const [name, value] of Object.entries(values)) await this.#search(open, name, value)
    fillIn(open, values)
    workspace.remember(values)
    const refused = clientErrors(open)
    if (refused) return { sent: false, outcome: undefined, result: 'errors', errors: refused, current: open }
    const interaction = interactions.begin({ user: this.user.id, view: open.id })
    const payload = interactivePayload(workspace, this.user, {
      type: 'view_submission',
      trigger_id: interaction.triggerId,
      view: presentView(workspace, open),
      response_urls: [],
    })
    const ack = await this.#interact(payload, true)
    const settled = ack.ok ? settle(workspace, { open, interaction }, ack.payload) : undefined
    const seen = fromAck(ack)
    const failure = settled?.kind === 'invalid' ? 'invalid_response' : seen.failure
    return {
      sent: true,
      outcome: new Outcome(workspace, interaction, { ...seen, failure }),
      result: settled?.kind ?? 'failed',
      errors: settled?.kind === 'errors' ? settled.errors : undefined,
      current: this.view,
    }
  }

  /** Closes a modal. With `clear_on_close`, closes all modals of its stack. */
  async close(view?: OpenView): Promise<void> {
    const { workspace } = this.platform
    const open = this.#open(view)
    const clears = open.view.clear_on_close === true
    closeViews(workspace, clears ? stackOf(workspace, open) : [open])
    if (open.view.notify_on_close !== true) return
    await this.#interact(
      interactivePayload(workspace, this.user, {
        type: 'view_closed',
        view: presentView(workspace, open),
        is_cleared: clears,
      }),
    )
  }

  /** Calls a shortcut, optionally on a message. */
  async shortcut(callbackId: string, messageTs?: string): Promise<Outcome> {
    const { workspace, interactions } = this.platform
    if (this.#callable.shortcuts?.includes(callbackId) === false) {
      throw new NotPossible(`There is no shortcut ${callbackId}.`)
    }
    const common = { callback_id: callbackId, action_ts: workspace.nextTs() }
    if (messageTs === undefined) {
      const interaction = interactions.begin({ user: this.user.id })
      const payload = { type: 'shortcut', ...common, trigger_id: interaction.triggerId }
      const ack = await this.#interact(interactivePayload(workspace, this.user, payload))
      return new Outcome(workspace, interaction, fromAck(ack))
    }
    const sight = sightOf(workspace, this.user.id, messageTs)
    if (sight.kind === 'ephemeral') throw new NotPossible('A message that only one person sees has no shortcuts.')
    const { channel, message } = sight
    const interaction = interactions.begin({ user: this.user.id, channel: channel.id, origin: message })
    const payload = interactivePayload(workspace, this.user, {
      type: 'message_action',
      ...common,
      trigger_id: interaction.triggerId,
      response_url: interaction.responseUrl,
      message_ts: message.ts,
      message: asJson(presentMessage(workspace, message)),
      channel: { id: channel.id, name: channel.isPrivate ? 'privategroup' : channel.name },
    })
    return new Outcome(workspace, interaction, fromAck(await this.#interact(payload)))
  }

  #interact(payload: Parameters<Platform['delivery']['send']>[0]['payload'], acceptsResponse = false) {
    return this.platform.delivery.send({ type: 'interactive', payload, acceptsResponse })
  }

  #open(view: OpenView | undefined): OpenView {
    const open = view ?? this.view
    if (!open || !open.open || open.user !== this.user.id) {
      throw new NotPossible(`${this.user.name} has no such modal open.`)
    }
    return open
  }
}
