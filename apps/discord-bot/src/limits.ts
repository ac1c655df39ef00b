/**
 * Discord's limits, each with the page of https://docs.discord.com/developers that states it. Characters are counted as
 * UTF-16 units, which gives at least as many as Discord counts.
 */

// resources/message#create-message
export const NONCE_MAX = 25
// resources/message#embed-object-embed-limits
export const EMBED_TITLE_MAX = 256
export const EMBED_DESCRIPTION_MAX = 4096
/** The limit for the titles, descriptions, fields and footers of all embeds of a message together. */
export const EMBEDS_CHARS_MAX = 6000

// components/reference#action-row, #button
export const ROWS_MAX = 5
export const ROW_BUTTONS_MAX = 5
export const BUTTON_LABEL_MAX = 80
/** The limit for the custom id of a button or menu, of a form, and of each field of a form. */
export const CUSTOM_ID_MAX = 100

// interactions/receiving-and-responding#interaction-response-object-modal
export const MODAL_TITLE_MAX = 45
export const MODAL_FIELDS_MAX = 5
// components/reference#label
export const FIELD_LABEL_MAX = 45
export const FIELD_DESCRIPTION_MAX = 100
// components/reference#text-input
export const INPUT_VALUE_MAX = 4000
// components/reference#string-select
export const SELECT_OPTIONS_MAX = 25
export const SELECT_LABEL_MAX = 100
export const SELECT_PLACEHOLDER_MAX = 150
export const SELECT_VALUE_MAX = 100

// interactions/application-commands#application-command-object
export const COMMANDS_MAX = 100
export const MESSAGE_COMMANDS_MAX = 5
export const COMMAND_NAME_MAX = 32
export const COMMAND_DESCRIPTION_MAX = 100
export const COMMAND_OPTIONS_MAX = 25
/** The limit for the names, descriptions and choices of a command and all of its options together. */
export const COMMAND_CHARS_MAX = 8000
// interactions/application-commands#application-command-object-application-command-option-structure
export const OPTION_TEXT_MAX = 6000
export const CHOICES_MAX = 25
export const CHOICE_NAME_MAX = 100
export const CHOICE_VALUE_MAX = 100

// resources/channel#modify-channel
export const CHANNEL_NAME_MAX = 100
/** How many overwrites one call can set. A channel can have more; each further overwrite takes a call of its own. */
export const OVERWRITES_MAX = 100
// reference#uploading-files
export const FILE_BYTES_MAX = 10 * 1024 * 1024

/**
 * A lock screen shows at most this much of a notification. Our notifications contain only a case number and a severity.
 */
export const NOTIFICATION_MAX = 150
/**
 * How much of a text from outside is shown in the channel. Discord does not collapse long messages, so more would fill
 * the screen of a phone. The whole text is attached as a file, which Discord does collapse.
 */
export const QUOTE_SHOWN_MAX = 1200
/** How many attachments are listed. A hostile sender may attach thousands of files. */
export const ATTACHMENTS_SHOWN_MAX = 10
/** Discord's ids are 64 bits in decimal digits. */
export const SNOWFLAKE = /^\d{17,20}$/
