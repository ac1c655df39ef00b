/**
 * Slack's limits, each with the page of https://docs.slack.dev that states it. Characters are counted as UTF-16 units,
 * which gives at least as many as Slack counts.
 */

// reference/block-kit/blocks
export const MESSAGE_BLOCKS_MAX = 50
export const HEADER_TEXT_MAX = 150
export const SECTION_TEXT_MAX = 3000
export const ACTIONS_ELEMENTS_MAX = 25
/**
 * If the blocks are longer than this in total, `chat.postMessage` may answer `msg_blocks_too_long` (it does at about
 * 13,200 serialized characters).
 */
export const MESSAGE_BLOCKS_CHARS_MAX = 12_000

// reference/block-kit/block-elements/button-element
export const BUTTON_LABEL_MAX = 75
export const BUTTON_VALUE_MAX = 2000
// reference/block-kit/composition-objects/confirmation-dialog-object
export const CONFIRM_TEXT_MAX = 300
export const CONFIRM_BUTTON_MAX = 30

// reference/views/modal-views
export const VIEW_TITLE_MAX = 24
export const VIEW_BUTTON_MAX = 24
export const VIEW_METADATA_MAX = 3000
export const VIEW_BLOCKS_MAX = 100
/**
 * A view may have 250 KB. We count serialized characters, so this limit leaves a margin for escapes and for characters
 * of several bytes.
 */
export const VIEW_CHARS_MAX = 80_000
export const INPUT_LABEL_MAX = 2000
export const INPUT_HINT_MAX = 2000
export const INPUT_VALUE_MAX = 3000
export const OPTIONS_MAX = 100
// reference/block-kit/block-elements/file-input-element
export const FILE_BYTES_MAX = 10 * 1024 * 1024
export const FILES_MAX = 10
export const OPTION_LABEL_MAX = 75
export const OPTION_VALUE_MAX = 150

// reference/methods/conversations.create, .invite
export const CHANNEL_NAME_MAX = 80
export const INVITEES_MAX = 100

// apis/events-api/using-socket-mode
export const SOCKETS_MAX = 10

/** The maximum size of a group that gives a role; see `MAX_MEMBERS` of core. */
export const GROUP_MEMBERS_MAX = 100

/** A lock screen shows at most this much of a notification. Ours contain only a case number and a severity. */
export const NOTIFICATION_MAX = 150
/**
 * How much of a mail a person can read in the channel; the case has the whole text. This also stops a flood of text
 * from filling the channel.
 */
export const QUOTE_MAX = 8000
/** How many attachments are listed. A hostile sender may attach thousands of files. */
export const ATTACHMENTS_SHOWN_MAX = 10
