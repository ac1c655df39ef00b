/**
 * Discord's limits, each with the reference page that states it. A test compares them with the official API
 * description. Characters are counted as UTF-16 units, which gives at least as many as Discord counts.
 */

// https://docs.discord.com/developers/resources/message#create-message
export const CONTENT_MAX = 2000
export const EMBEDS_MAX = 10
export const ATTACHMENTS_MAX = 10
export const ATTACHMENT_DESCRIPTION_MAX = 1024
export const FILENAME_MAX = 1024
export const NONCE_MAX = 25
// https://docs.discord.com/developers/resources/message#embed-object-embed-limits
export const EMBED_TITLE_MAX = 256
export const EMBED_DESCRIPTION_MAX = 4096
export const EMBED_FIELDS_MAX = 25
export const FIELD_NAME_MAX = 256
export const FIELD_VALUE_MAX = 1024
export const FOOTER_TEXT_MAX = 2048
export const AUTHOR_NAME_MAX = 256
export const EMBED_URL_MAX = 2048
export const EMBEDS_TOTAL_MAX = 6000
export const COLOR_MAX = 16_777_215
// …/resources/message#allowed-mentions-object
export const MENTIONED_MAX = 100
// https://docs.discord.com/developers/components/reference#action-row
export const ACTION_ROWS_MAX = 5
export const ROW_BUTTONS_MAX = 5
export const CUSTOM_ID_MAX = 100
// …/components/reference#button
export const BUTTON_LABEL_MAX = 80
export const BUTTON_URL_MAX = 512
// …/components/reference#string-select
export const SELECT_OPTIONS_MAX = 25
export const SELECT_OPTION_TEXT_MAX = 100
export const SELECT_PLACEHOLDER_MAX = 150
export const SELECT_VALUES_MAX = 25
// …/components/reference#text-input
export const INPUT_VALUE_MAX = 4000
export const INPUT_LABEL_MAX = 45
export const INPUT_PLACEHOLDER_MAX = 100
// …/components/reference#label
export const LABEL_MAX = 45
export const LABEL_DESCRIPTION_MAX = 100
// …/components/reference#file-upload
export const UPLOAD_FILES_MAX = 10
// …/interactions/receiving-and-responding#interaction-response-object-modal
export const MODAL_TITLE_MAX = 45
export const MODAL_COMPONENTS_MAX = 5
// …/components/reference#component-object: messages with IS_COMPONENTS_V2
export const COMPONENTS_MAX = 40
export const COMPONENTS_TEXT_MAX = 4000
export const SECTION_TEXTS_MAX = 3
export const GALLERY_ITEMS_MAX = 10
export const MEDIA_DESCRIPTION_MAX = 1024
// https://docs.discord.com/developers/interactions/application-commands
export const COMMANDS_MAX = 100
export const CONTEXT_COMMANDS_MAX = 15
export const COMMAND_NAME_MAX = 32
export const COMMAND_DESCRIPTION_MAX = 100
export const OPTIONS_MAX = 25
export const CHOICES_MAX = 25
export const CHOICE_NAME_MAX = 100
export const CHOICE_VALUE_MAX = 100
export const OPTION_TEXT_MAX = 6000
/** The most characters in one command: in its name, its description, its options and their choices together. */
export const COMMAND_TOTAL_MAX = 8000
// …/application-commands#registering-a-command: how many commands can be created a day in a guild; registering an
// existing name again does not count.
export const COMMAND_CREATES_A_DAY = 200
export const DAY_MS = 24 * 60 * 60_000
// https://docs.discord.com/developers/resources/channel#modify-channel
export const CHANNEL_NAME_MAX = 100
export const TOPIC_MAX = 1024
export const OVERWRITES_MAX = 100
export const SLOWMODE_MAX_SECONDS = 21_600
// https://docs.discord.com/developers/resources/guild#create-guild-channel
export const GUILD_CHANNELS_MAX = 500
/**
 * The documented limit is 50 channels in a category, but Discord has been seen to refuse a channel in a category with
 * 48. So an app must not conclude from its own count of channels that a category has room.
 */
export const CATEGORY_REFUSES_FROM = 48
// https://docs.discord.com/developers/resources/message#pin-message: raised from 50 in 2025.
export const PINS_MAX = 250
export const PINS_PAGE_MAX = 50
// …/resources/message#get-channel-messages
export const HISTORY_LIMIT_MAX = 100
export const HISTORY_LIMIT_DEFAULT = 50
// https://docs.discord.com/developers/resources/guild#list-guild-members
export const MEMBERS_LIMIT_MAX = 1000
// https://docs.discord.com/developers/reference#uploading-files
export const FILE_BYTES_MAX = 10 * 1024 * 1024
// https://docs.discord.com/developers/resources/message#create-message-limitations
export const MESSAGE_BYTES_MAX = 25 * 1024 * 1024
/** No app sends a larger request. A larger one is a mistake in the test, and would fill the memory. */
export const REQUEST_BYTES_MAX = 128 * 1024 * 1024
// https://docs.discord.com/developers/reference#signed-attachment-cdn-urls
export const CDN_LINK_MS = 24 * 60 * 60_000
// …/resources/message#create-message, enforce_nonce: "in the past few minutes". The value is low, so that nobody relies
// on a longer time.
export const NONCE_MS = 2 * 60_000
// https://docs.discord.com/developers/interactions/receiving-and-responding
export const ANSWER_MS = 3000
export const INTERACTION_TOKEN_MS = 15 * 60_000
// https://docs.discord.com/developers/events/gateway
export const HEARTBEAT_MS = 41_250
export const GATEWAY_SENDS_MAX = 120
export const GATEWAY_SENDS_WINDOW_MS = 60_000
export const GATEWAY_PAYLOAD_MAX = 4096
/** How many events a session stores for RESUME. Discord's real number is not published. */
export const REPLAY_MAX = 1000
// https://docs.discord.com/developers/topics/rate-limits
export const GLOBAL_REQUESTS_MAX = 50
export const GLOBAL_WINDOW_MS = 1000
export const INVALID_REQUESTS_MAX = 10_000
export const INVALID_REQUESTS_WINDOW_MS = 10 * 60_000
/** Observed often and not published: the name or topic of a channel can change twice in ten minutes. */
export const CHANNEL_EDITS_MAX = 2
export const CHANNEL_EDITS_WINDOW_MS = 10 * 60_000
