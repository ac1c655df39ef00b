/**
 * Slack's limits, each with the page of https://docs.slack.dev that states it. Characters are counted as UTF-16 units,
 * which is never more generous than Slack's own count.
 */

// reference/block-kit/blocks
export const MESSAGE_BLOCKS_MAX = 50
export const HEADER_TEXT_MAX = 150
export const SECTION_TEXT_MAX = 3000
export const ACTIONS_ELEMENTS_MAX = 25
/** Longer than this together, and `chat.postMessage` answers `msg_blocks_too_long` (at about 13,200 serialized). */
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
/** A view holds 250 KB; counted as serialized characters, so that escapes and signs of several bytes find room. */
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

/** As many as a group that gives a role may have; see `MAX_MEMBERS` of core. */
export const GROUP_MEMBERS_MAX = 100

/** A lock screen shows this much at most; a notification has a case number and a severity. */
export const NOTIFICATION_MAX = 150
/** What a person reads of a mail in the channel; the rest is stored. Also stops a flood of text from filling the channel. */
export const QUOTE_MAX = 8000
/** A hostile sender may attach thousands of files. */
export const ATTACHMENTS_SHOWN_MAX = 10
