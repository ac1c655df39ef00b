/**
 * Slack's limits, each with the reference page that states it. Characters are counted as UTF-16 units, which gives at
 * least as many as Slack counts.
 */

// https://docs.slack.dev/reference/methods/chat.postMessage: Slack cuts longer text. The emulator refuses it instead,
// so that no test misses a message that was shortened.
export const TEXT_MAX = 40_000
// https://docs.slack.dev/reference/methods/chat.update, error msg_too_long.
export const UPDATE_TEXT_MAX = 4000
// https://docs.slack.dev/reference/block-kit/blocks
export const MESSAGE_BLOCKS_MAX = 50
export const VIEW_BLOCKS_MAX = 100
export const BLOCK_ID_MAX = 255
// Undocumented; measured by others (slackapi/bolt-js issue 2509): the blocks of a message may have 12,000 characters of
// text, and some more for the JSON around the texts. The limit applies to the serialized blocks of chat.postMessage,
// not to response URLs.
export const MESSAGE_BLOCKS_TOTAL_MAX = 13_200
// https://docs.slack.dev/reference/block-kit/composition-objects/text-object
export const TEXT_OBJECT_MAX = 3000
// …/blocks/section-block
export const SECTION_FIELDS_MAX = 10
export const SECTION_FIELD_TEXT_MAX = 2000
// …/blocks/header-block
export const HEADER_TEXT_MAX = 150
// …/blocks/context-block
export const CONTEXT_ELEMENTS_MAX = 10
// …/blocks/actions-block
export const ACTIONS_ELEMENTS_MAX = 25
// …/blocks/input-block
export const INPUT_LABEL_MAX = 2000
export const INPUT_HINT_MAX = 2000
// …/blocks/image-block
export const IMAGE_TEXT_MAX = 2000
// …/block-elements/button-element
export const ACTION_ID_MAX = 255
export const BUTTON_TEXT_MAX = 75
export const BUTTON_VALUE_MAX = 2000
export const URL_MAX = 3000
// …/composition-objects/option-object and …/block-elements/select-menu-element
export const OPTION_TEXT_MAX = 75
export const OPTION_VALUE_MAX = 150
export const OPTIONS_MAX = 100
export const CHOICES_MAX = 10
export const OVERFLOW_OPTIONS_MIN = 1
export const OVERFLOW_OPTIONS_MAX = 5
export const PLACEHOLDER_MAX = 150
// …/block-elements/file-input-element
export const FILE_INPUT_FILES_MAX = 10
export const FILE_INPUT_BYTES_MAX = 10 * 1024 * 1024
// …/block-elements/plain-text-input-element
export const INPUT_VALUE_MAX = 3000
// …/composition-objects/confirmation-dialog-object
export const CONFIRM_TITLE_MAX = 100
export const CONFIRM_TEXT_MAX = 300
export const CONFIRM_BUTTON_MAX = 30
// https://docs.slack.dev/reference/views/modal-views
export const VIEW_TITLE_MAX = 24
export const VIEW_BUTTON_MAX = 24
export const PRIVATE_METADATA_MAX = 3000
export const CALLBACK_ID_MAX = 255
export const EXTERNAL_ID_MAX = 255
export const VIEW_BYTES_MAX = 250_000
export const VIEW_STACK_MAX = 3
// https://docs.slack.dev/reference/methods/conversations.create and .setTopic
export const CHANNEL_NAME_MAX = 80
export const TOPIC_MAX = 250
// https://docs.slack.dev/reference/methods/conversations.invite
export const INVITEES_MAX = 100
// https://docs.slack.dev/reference/methods/conversations.history
export const HISTORY_LIMIT_MAX = 999
export const HISTORY_LIMIT_DEFAULT = 100
export const LIST_LIMIT_MAX = 1000
export const LIST_LIMIT_DEFAULT = 100
// The size that causes metadata_too_large is not published. This is a cautious guess, for the serialized payload.
export const METADATA_PAYLOAD_MAX = 8000
// https://docs.slack.dev/reference/methods/files.getUploadURLExternal
export const ALT_TEXT_MAX = 1000
// https://docs.slack.dev/interactivity/handling-user-interaction
export const ACK_MS = 3000
export const TRIGGER_MS = 3000
export const RESPONSE_URL_USES = 5
export const RESPONSE_URL_MS = 30 * 60_000
// https://docs.slack.dev/apis/events-api#retries: almost at once, after a minute, and after five minutes.
export const EVENT_RETRY_MS: readonly number[] = [0, 60_000, 300_000]
// https://docs.slack.dev/apis/events-api/using-socket-mode
export const CONNECTIONS_MAX = 10
export const CONNECTION_TICKET_MS = 30_000
export const SOCKET_PING_MS = 10_000
/** No app sends a larger request. A larger one is a mistake in the test, and would fill the memory. */
export const REQUEST_BYTES_MAX = 64 * 1024 * 1024
