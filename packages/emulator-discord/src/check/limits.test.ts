import { describe, expect, it } from 'vitest'
import type { Json } from '@embargo/emulator-kit'
import { ApiError } from '../errors.ts'
import * as limits from '../limits.ts'
import { schema } from '../official.ts'
import { channelChange, newChannel } from './channels.ts'
import { checkCommand } from './commands.ts'
import { checkMessage } from './messages.ts'
import { modal } from './modals.ts'
import { checked } from './problems.ts'

const DOCS = 'https://docs.discord.com/developers'

type Row = {
  readonly what: string
  readonly max: number
  /** Builds a request body in which the limited part has the length, the number or the value `n`. */
  readonly of: (n: number) => Json
  readonly page: string
  /**
   * Set if the API description allows more than the reference page does, because the description covers more than bots
   * and text channels. The limit on the reference page applies.
   */
  readonly pageAlone?: true
}

const text = (n: number): string => 'x'.repeat(n)
const list = <T>(n: number, make: (index: number) => T): T[] => Array.from({ length: n }, (_, index) => make(index))
const url = (n: number): string => `https://example.org/${text(n - 20)}`

const inEmbed = (what: string, max: number, part: (n: number) => Json): Row => ({
  what: `embed: ${what}`,
  max,
  of: (n) => ({ embeds: [part(n)] }),
  page: 'resources/message#embed-object-embed-limits',
})

const button = (more: object, index = 0): Json => ({ type: 2, style: 1, label: 'Go', custom_id: `b${index}`, ...more })
const option = (more: object, index = 0): Json => ({ label: 'One', value: `o${index}`, ...more })
const menu = (more: object): Json => ({ type: 3, custom_id: 's', options: [option({})], ...more })
const row = (...components: Json[]): Json => ({ components: [{ type: 1, components }] })
const component = (what: string, max: number, of: (n: number) => Json): Row => ({
  what: `component: ${what}`,
  max,
  of,
  page: 'components/reference',
})
const V2 = 1 << 15
const modern = (...components: Json[]): Json => ({ flags: V2, components })

const MESSAGES: readonly Row[] = [
  {
    what: 'content',
    max: limits.CONTENT_MAX,
    of: (n) => ({ content: text(n) }),
    page: 'resources/message#create-message',
  },
  {
    what: 'embeds',
    max: limits.EMBEDS_MAX,
    of: (n) => ({ embeds: list(n, () => ({ title: 'x' })) }),
    page: 'resources/message#create-message',
  },
  {
    what: 'all embeds together: title, description, fields, footer and author',
    max: limits.EMBEDS_TOTAL_MAX,
    of: (n) => ({
      embeds: [
        { title: text(200), description: text(4000), author: { name: text(200) } },
        { fields: [{ name: text(100), value: text(1000) }], footer: { text: text(n - 5500) } },
      ],
    }),
    page: 'resources/message#embed-object-embed-limits',
    pageAlone: true,
  },
  {
    what: 'attachments',
    max: limits.ATTACHMENTS_MAX,
    of: (n) => ({ content: 'x', attachments: list(n, (index) => ({ id: String(index) })) }),
    page: 'reference#uploading-files',
  },
  {
    what: 'attachment: description',
    max: limits.ATTACHMENT_DESCRIPTION_MAX,
    of: (n) => ({ content: 'x', attachments: [{ id: '0', description: text(n) }] }),
    page: 'resources/message#attachment-object',
  },
  {
    what: 'attachment: filename',
    max: limits.FILENAME_MAX,
    of: (n) => ({ content: 'x', attachments: [{ id: '0', filename: text(n) }] }),
    page: 'resources/message#attachment-object',
  },
  {
    what: 'nonce',
    max: limits.NONCE_MAX,
    of: (n) => ({ content: 'x', nonce: text(n) }),
    page: 'resources/message#create-message',
  },
  ...(['users', 'roles'] as const).map((kind): Row => ({
    what: `allowed_mentions: ${kind}`,
    max: limits.MENTIONED_MAX,
    of: (n) => ({ content: 'x', allowed_mentions: { [kind]: list(n, (index) => String(index + 1)) } }),
    page: 'resources/message#allowed-mentions-object',
  })),
  inEmbed('title', limits.EMBED_TITLE_MAX, (n) => ({ title: text(n) })),
  inEmbed('description', limits.EMBED_DESCRIPTION_MAX, (n) => ({ description: text(n) })),
  inEmbed('fields', limits.EMBED_FIELDS_MAX, (n) => ({ fields: list(n, () => ({ name: 'a', value: 'b' })) })),
  inEmbed('field name', limits.FIELD_NAME_MAX, (n) => ({ fields: [{ name: text(n), value: 'b' }] })),
  inEmbed('field value', limits.FIELD_VALUE_MAX, (n) => ({ fields: [{ name: 'a', value: text(n) }] })),
  inEmbed('footer', limits.FOOTER_TEXT_MAX, (n) => ({ footer: { text: text(n) } })),
  inEmbed('author', limits.AUTHOR_NAME_MAX, (n) => ({ author: { name: text(n) } })),
  inEmbed('color', limits.COLOR_MAX, (n) => ({ title: 'x', color: n })),
  inEmbed('url', limits.EMBED_URL_MAX, (n) => ({ title: 'x', url: url(n) })),
  component('buttons in a row', limits.ROW_BUTTONS_MAX, (n) => row(...list(n, (index) => button({}, index)))),
  component('button label', limits.BUTTON_LABEL_MAX, (n) => row(button({ label: text(n) }))),
  component('button custom_id', limits.CUSTOM_ID_MAX, (n) => row(button({ custom_id: text(n) }))),
  component('button url', limits.BUTTON_URL_MAX, (n) => row({ type: 2, style: 5, label: 'Go', url: url(n) })),
  component('menu options', limits.SELECT_OPTIONS_MAX, (n) =>
    row(menu({ options: list(n, (index) => option({}, index)) })),
  ),
  component('menu custom_id', limits.CUSTOM_ID_MAX, (n) => row(menu({ custom_id: text(n) }))),
  component('menu placeholder', limits.SELECT_PLACEHOLDER_MAX, (n) => row(menu({ placeholder: text(n) }))),
  component('option label', limits.SELECT_OPTION_TEXT_MAX, (n) => row(menu({ options: [option({ label: text(n) })] }))),
  component('option value', limits.SELECT_OPTION_TEXT_MAX, (n) => row(menu({ options: [option({ value: text(n) })] }))),
  component('option description', limits.SELECT_OPTION_TEXT_MAX, (n) =>
    row(menu({ options: [option({ description: text(n) })] })),
  ),
  component('values of a menu', limits.SELECT_VALUES_MAX, (n) => row({ type: 5, custom_id: 's', max_values: n })),
  component('preset of a menu', limits.SELECT_VALUES_MAX, (n) =>
    row({ type: 5, custom_id: 's', default_values: list(n, (index) => ({ id: String(index + 1), type: 'user' })) }),
  ),
  component('text display', limits.COMPONENTS_TEXT_MAX, (n) => modern({ type: 10, content: text(n) })),
  component('texts of a section', limits.SECTION_TEXTS_MAX, (n) =>
    modern({ type: 9, components: list(n, () => ({ type: 10, content: 'x' })), accessory: button({}) }),
  ),
  component('pictures of a gallery', limits.GALLERY_ITEMS_MAX, (n) =>
    modern({ type: 12, items: list(n, () => ({ media: { url: 'https://example.org/x.png' } })) }),
  ),
  component('description of a picture', limits.MEDIA_DESCRIPTION_MAX, (n) =>
    modern({ type: 12, items: [{ media: { url: 'https://example.org/x.png' }, description: text(n) }] }),
  ),
  component('components in all', limits.COMPONENTS_MAX, (n) => modern(...list(n, () => ({ type: 10, content: 'x' })))),
]

const input = (more: object): Json => ({ type: 4, custom_id: 'i', style: 1, ...more })
const label = (inside: Json, more: object = {}): Json => ({
  custom_id: 'm',
  title: 'Title',
  components: [{ type: 18, label: 'Label', component: inside, ...more }],
})
const inModal = (what: string, max: number, of: (n: number) => Json, page = 'components/reference'): Row => ({
  what: `modal: ${what}`,
  max,
  of,
  page,
})

const MODALS: readonly Row[] = [
  inModal('title', limits.MODAL_TITLE_MAX, (n) => ({ ...(label(input({})) as object), title: text(n) })),
  inModal('custom_id', limits.CUSTOM_ID_MAX, (n) => ({ ...(label(input({})) as object), custom_id: text(n) })),
  {
    ...inModal(
      'components',
      limits.MODAL_COMPONENTS_MAX,
      (n) => ({
        custom_id: 'm',
        title: 'Title',
        components: list(n, (index) => ({ type: 18, label: 'x', component: input({ custom_id: `i${index}` }) })),
      }),
      'interactions/receiving-and-responding#interaction-response-object-modal',
    ),
    pageAlone: true,
  },
  inModal('label', limits.LABEL_MAX, (n) => label(input({}), { label: text(n) })),
  inModal('label description', limits.LABEL_DESCRIPTION_MAX, (n) => label(input({}), { description: text(n) })),
  inModal('label of an input', limits.INPUT_LABEL_MAX, (n) => ({
    custom_id: 'm',
    title: 'Title',
    components: [{ type: 1, components: [input({ label: text(n) })] }],
  })),
  inModal('value', limits.INPUT_VALUE_MAX, (n) => label(input({ value: text(n) }))),
  inModal('max_length', limits.INPUT_VALUE_MAX, (n) => label(input({ max_length: n }))),
  inModal('placeholder', limits.INPUT_PLACEHOLDER_MAX, (n) => label(input({ placeholder: text(n) }))),
  inModal('files', limits.UPLOAD_FILES_MAX, (n) => label({ type: 19, custom_id: 'f', max_values: n })),
]

const command = (more: object): Json => ({ type: 1, name: 'ack', description: 'Says so', ...more })
const textOption = (more: object, index = 0): Json => ({ type: 3, name: `o${index}`, description: 'x', ...more })
const inCommand = (what: string, max: number, of: (n: number) => Json): Row => ({
  what: `command: ${what}`,
  max,
  of,
  page: 'interactions/application-commands',
})

/**
 * A command of `n` characters in total, for `n` near the limit: 39 choices of 200 characters in two options, and the
 * rest in names and descriptions.
 */
const wordy = (n: number): Json =>
  command({
    name: text(3),
    description: text(97),
    options: [25, 14].map((count, index) =>
      textOption({
        name: `o${index}`,
        description: text(index === 0 ? 48 : n - 7952),
        choices: list(count, (at) => ({ name: String(at).padEnd(100, 'x'), value: String(at).padEnd(100, 'x') })),
      }),
    ),
  })

const COMMANDS: readonly Row[] = [
  {
    what: 'command: all of it together',
    max: limits.COMMAND_TOTAL_MAX,
    of: wordy,
    page: 'interactions/application-commands#slash-commands',
    pageAlone: true,
  },
  inCommand('name', limits.COMMAND_NAME_MAX, (n) => command({ name: text(n) })),
  inCommand('description', limits.COMMAND_DESCRIPTION_MAX, (n) => command({ description: text(n) })),
  inCommand('options', limits.OPTIONS_MAX, (n) => command({ options: list(n, (index) => textOption({}, index)) })),
  inCommand('option name', limits.COMMAND_NAME_MAX, (n) => command({ options: [textOption({ name: text(n) })] })),
  inCommand('option description', limits.COMMAND_DESCRIPTION_MAX, (n) =>
    command({ options: [textOption({ description: text(n) })] }),
  ),
  inCommand('choices', limits.CHOICES_MAX, (n) =>
    command({ options: [textOption({ choices: list(n, (index) => ({ name: `c${index}`, value: 'v' })) })] }),
  ),
  inCommand('choice name', limits.CHOICE_NAME_MAX, (n) =>
    command({ options: [textOption({ choices: [{ name: text(n), value: 'v' }] })] }),
  ),
  {
    ...inCommand('choice value', limits.CHOICE_VALUE_MAX, (n) =>
      command({ options: [textOption({ choices: [{ name: 'c', value: text(n) }] })] }),
    ),
    page: 'interactions/application-commands#application-command-object-application-command-option-choice-structure',
    pageAlone: true,
  },
  inCommand('max_length of an option', limits.OPTION_TEXT_MAX, (n) =>
    command({ options: [textOption({ max_length: n })] }),
  ),
  inCommand('name of a context command', limits.COMMAND_NAME_MAX, (n) => ({ type: 3, name: text(n) })),
]

const CHANNELS: readonly Row[] = [
  {
    what: 'channel: name',
    max: limits.CHANNEL_NAME_MAX,
    of: (n) => ({ name: text(n) }),
    page: 'resources/guild#create-guild-channel',
  },
  {
    what: 'channel: topic',
    max: limits.TOPIC_MAX,
    of: (n) => ({ name: 'x', topic: text(n) }),
    page: 'resources/guild#create-guild-channel',
    pageAlone: true,
  },
  {
    what: 'channel: slow mode',
    max: limits.SLOWMODE_MAX_SECONDS,
    of: (n) => ({ name: 'x', rate_limit_per_user: n }),
    page: 'resources/guild#create-guild-channel',
  },
  {
    what: 'channel: overwrites',
    max: limits.OVERWRITES_MAX,
    of: (n) => ({ name: 'x', permission_overwrites: list(n, (index) => ({ id: String(index + 1), type: 0 })) }),
    page: 'resources/guild#create-guild-channel',
  },
]

const takes = (check: (body: Json) => unknown, body: Json): boolean => {
  try {
    check(body)
    return true
  } catch (error) {
    expect(error).toBeInstanceOf(ApiError)
    return false
  }
}

const table = (
  rows: readonly Row[],
  check: (body: Json) => unknown,
  name: string,
  wrap: (body: Json) => Json = (body) => body,
): void => {
  it.each(rows.map((each) => [each.what, each.max, `${DOCS}/${each.page}`, each] as const))(
    '%s: %i, but not one more (%s)',
    (_what, max, page, { of, pageAlone }) => {
      expect(page).toMatch(/^https:/)
      expect([takes(check, of(max)), takes(check, of(max + 1))]).toEqual([true, false])
      const official = schema(name)
      const judged = (n: number): string | true => {
        const result = official.safeParse(wrap(of(n)))
        return result.success || (result.error?.message ?? 'refused')
      }
      expect(judged(max)).toBe(true)
      expect(judged(max + 1) === true).toBe(pageAlone === true)
    },
  )
}

describe('the limits of a message', () => {
  // In the API description, only `IncomingWebhookInteractionRequest` has a bot's limit of two thousand characters, and
  // only `MessageCreateRequest` has a nonce.
  const answers = MESSAGES.filter((each) => each.what !== 'nonce')
  table(answers, (body) => checkMessage(body), 'IncomingWebhookInteractionRequest')
  const plain = MESSAGES.filter((each) => each.what !== 'content')
  table(plain, (body) => checkMessage(body), 'MessageCreateRequest')
})

describe('the limits of a modal', () => {
  table(MODALS, (body) => checked(modal, body), 'ModalInteractionCallbackRequestData')
})

describe('the limits of a command', () => {
  table(COMMANDS, checkCommand, 'ApplicationCommandUpdateRequest')
})

describe('the limits of a channel', () => {
  table(CHANNELS, (body) => checked(newChannel, body), 'CreateGuildChannelRequest')
  table(CHANNELS, (body) => checked(channelChange, body), 'UpdateGuildChannelRequestPartial')
})
