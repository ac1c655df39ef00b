/** How an argument is read; `json` arrives as JSON text in a form. */
export type ArgumentKind = 'string' | 'boolean' | 'integer' | 'json'

/** Slack's rate tiers; t5 has limits of its own for each method. */
export type Tier = 't2' | 't3' | 't4' | 't5'

/** One Web API method, as the reference describes it and as far as the emulator plays it. */
export type Method = {
  readonly http: 'GET' | 'POST'
  /** The reference says that a JSON body is read. */
  readonly json: boolean
  readonly tier: Tier
  /** Which token may call it. */
  readonly token: 'app' | 'bot' | 'any'
  /** Any one of these opens the method; the kind of channel may then ask for a certain one. */
  readonly scopes: readonly string[]
  readonly required: readonly string[]
  readonly args: Readonly<Record<string, ArgumentKind>>
  /** Known to Slack and not played here; using one is refused, so that no test believes in it. */
  readonly notPlayed: readonly string[]
  /** The errors of the reference that the emulator answers. */
  readonly errors: readonly string[]
  /** Errors that Slack answers and the reference leaves out. */
  readonly undocumented: readonly string[]
}

/** What every method may answer: https://docs.slack.dev/apis/web-api/ and the common errors of the method pages. */
export const COMMON_ERRORS: readonly string[] = [
  'not_authed',
  'invalid_auth',
  'not_allowed_token_type',
  'missing_scope',
  'invalid_arguments',
  'ratelimited',
  'internal_error',
]

const method = (
  rest: Pick<Method, 'http' | 'tier' | 'args'> & Partial<Omit<Method, 'http' | 'tier' | 'args'>>,
): Method => ({
  json: rest.http === 'POST',
  token: 'bot',
  scopes: [],
  required: [],
  notPlayed: [],
  errors: [],
  undocumented: [],
  ...rest,
})

const MANAGE = ['groups:write', 'im:write', 'mpim:write', 'channels:write', 'channels:manage']
const READ = ['groups:read', 'im:read', 'mpim:read', 'channels:read']
const HISTORY = ['groups:history', 'im:history', 'mpim:history', 'channels:history']
const INVITE = [
  'channels:write.invites',
  'groups:write.invites',
  'channels:manage',
  'groups:write',
  'im:write',
  'mpim:write',
]
const TOPIC = [
  'channels:write.topic',
  'groups:write.topic',
  'mpim:write.topic',
  'im:write.topic',
  'channels:manage',
  'groups:write',
  'im:write',
  'mpim:write',
]
const NAME_ERRORS = [
  'invalid_name',
  'invalid_name_maxlength',
  'invalid_name_punctuation',
  'invalid_name_required',
  'invalid_name_specials',
  'name_taken',
]
const METADATA_ERRORS = ['invalid_metadata_format', 'invalid_metadata_schema', 'metadata_too_large']
const PAGE = { cursor: 'string', limit: 'integer' } as const

/**
 * Every method that the emulator plays. Source: https://docs.slack.dev/reference/methods, one page a method; a test
 * compares the two where a copy of the reference lies beside the repository.
 */
export const METHODS: Readonly<Record<string, Method>> = {
  'apps.connections.open': method({
    http: 'POST',
    tier: 't3',
    token: 'app',
    args: {},
    // Known from practice: an eleventh socket is refused.
    undocumented: ['too_many_websockets'],
  }),
  'auth.test': method({ http: 'POST', tier: 't5', token: 'any', args: {} }),
  'chat.delete': method({
    http: 'POST',
    tier: 't3',
    scopes: ['chat:write'],
    required: ['ts', 'channel'],
    args: { channel: 'string', ts: 'string' },
    notPlayed: ['as_user'],
    errors: ['cant_delete_message', 'channel_not_found', 'message_not_found'],
  }),
  'chat.postEphemeral': method({
    http: 'POST',
    tier: 't4',
    scopes: ['chat:write'],
    required: ['user', 'channel'],
    args: { blocks: 'json', channel: 'string', text: 'string', user: 'string', thread_ts: 'string' },
    notPlayed: [
      'as_user',
      'attachments',
      'icon_emoji',
      'icon_url',
      'link_names',
      'markdown_text',
      'metadata',
      'parse',
      'username',
    ],
    errors: [
      'channel_not_found',
      'invalid_blocks',
      'invalid_blocks_format',
      'is_archived',
      'msg_too_long',
      'no_text',
      'not_in_channel',
      'user_not_in_channel',
    ],
  }),
  'chat.postMessage': method({
    http: 'POST',
    tier: 't5',
    scopes: ['chat:write'],
    required: ['channel'],
    args: {
      blocks: 'json',
      channel: 'string',
      metadata: 'json',
      mrkdwn: 'boolean',
      reply_broadcast: 'boolean',
      text: 'string',
      thread_ts: 'string',
      unfurl_links: 'boolean',
      unfurl_media: 'boolean',
    },
    notPlayed: [
      'as_user',
      'attachments',
      'current_draft_last_updated_ts',
      'icon_emoji',
      'icon_url',
      'link_names',
      'markdown_text',
      'parse',
      'username',
    ],
    errors: [
      'channel_not_found',
      'invalid_blocks',
      'invalid_blocks_format',
      'is_archived',
      'msg_blocks_too_long',
      'no_text',
      'not_in_channel',
      'cannot_reply_to_message',
      ...METADATA_ERRORS,
    ],
    // Slack cuts the text off instead; see TEXT_MAX.
    undocumented: ['msg_too_long'],
  }),
  'chat.update': method({
    http: 'POST',
    tier: 't3',
    scopes: ['chat:write'],
    required: ['ts', 'channel'],
    args: { blocks: 'json', channel: 'string', metadata: 'json', text: 'string', ts: 'string' },
    notPlayed: [
      'as_user',
      'attachments',
      'file_ids',
      'link_names',
      'markdown_text',
      'parse',
      'reply_broadcast',
      'unfurled_attachments',
    ],
    errors: [
      'cant_update_message',
      'channel_not_found',
      'invalid_blocks',
      'invalid_blocks_format',
      'message_not_found',
      'msg_too_long',
      'no_text',
      ...METADATA_ERRORS,
    ],
    // The page of chat.postMessage has it; the same blocks do not become shorter in an update.
    undocumented: ['msg_blocks_too_long', 'is_archived'],
  }),
  'conversations.archive': method({
    http: 'POST',
    tier: 't2',
    scopes: MANAGE,
    required: ['channel'],
    args: { channel: 'string' },
    errors: [
      'already_archived',
      'cant_archive_general',
      'channel_not_found',
      'method_not_supported_for_channel_type',
      'not_in_channel',
    ],
  }),
  'conversations.create': method({
    http: 'POST',
    tier: 't2',
    scopes: MANAGE,
    required: ['name'],
    args: { is_private: 'boolean', name: 'string' },
    errors: NAME_ERRORS,
  }),
  'conversations.history': method({
    http: 'GET',
    json: true,
    tier: 't3',
    scopes: HISTORY,
    required: ['channel'],
    args: {
      channel: 'string',
      ...PAGE,
      include_all_metadata: 'boolean',
      inclusive: 'boolean',
      latest: 'string',
      oldest: 'string',
    },
    errors: ['channel_not_found', 'invalid_cursor', 'invalid_ts_latest', 'invalid_ts_oldest', 'not_in_channel'],
    undocumented: ['invalid_limit'],
  }),
  'conversations.info': method({
    http: 'GET',
    tier: 't3',
    scopes: READ,
    required: ['channel'],
    args: { channel: 'string', include_num_members: 'boolean' },
    notPlayed: ['include_locale'],
    errors: ['channel_not_found'],
  }),
  'conversations.invite': method({
    http: 'POST',
    tier: 't3',
    scopes: INVITE,
    required: ['channel', 'users'],
    args: { channel: 'string', force: 'boolean', users: 'string' },
    errors: [
      'already_in_channel',
      'cant_invite',
      'cant_invite_self',
      'channel_not_found',
      'is_archived',
      'method_not_supported_for_channel_type',
      'no_user',
      'not_in_channel',
      'user_not_found',
    ],
  }),
  'conversations.list': method({
    http: 'GET',
    tier: 't2',
    scopes: READ,
    args: { ...PAGE, exclude_archived: 'boolean', types: 'string' },
    errors: ['invalid_cursor', 'invalid_limit', 'invalid_types'],
  }),
  'conversations.members': method({
    http: 'GET',
    tier: 't4',
    scopes: READ,
    required: ['channel'],
    args: { channel: 'string', ...PAGE },
    errors: ['channel_not_found', 'invalid_cursor', 'invalid_limit'],
  }),
  'conversations.rename': method({
    http: 'POST',
    tier: 't2',
    scopes: MANAGE,
    required: ['channel', 'name'],
    args: { channel: 'string', name: 'string' },
    errors: [
      'channel_not_found',
      'is_archived',
      'method_not_supported_for_channel_type',
      'not_authorized',
      'not_in_channel',
      ...NAME_ERRORS,
    ],
  }),
  'conversations.setTopic': method({
    http: 'POST',
    tier: 't2',
    scopes: TOPIC,
    required: ['channel', 'topic'],
    args: { channel: 'string', topic: 'string' },
    errors: ['channel_not_found', 'is_archived', 'method_not_supported_for_channel_type', 'not_in_channel', 'too_long'],
  }),
  'files.completeUploadExternal': method({
    http: 'POST',
    tier: 't4',
    scopes: ['files:write'],
    required: ['files'],
    args: { channel_id: 'string', channels: 'string', files: 'json', initial_comment: 'string', thread_ts: 'string' },
    notPlayed: ['blocks', 'icon_emoji', 'icon_url', 'username'],
    errors: ['channel_not_found', 'channels_limit_exceeded', 'file_not_found', 'invalid_channel', 'not_in_channel'],
    undocumented: ['is_archived'],
  }),
  'files.getUploadURLExternal': method({
    http: 'POST',
    tier: 't4',
    json: false,
    scopes: ['files:write'],
    required: ['length', 'filename'],
    args: { alt_txt: 'string', filename: 'string', length: 'integer' },
    notPlayed: ['snippet_type'],
    errors: ['alt_txt_too_large', 'missing_argument'],
  }),
  'pins.add': method({
    http: 'POST',
    tier: 't2',
    scopes: ['pins:write'],
    required: ['channel'],
    args: { channel: 'string', timestamp: 'string' },
    errors: [
      'already_pinned',
      'bad_timestamp',
      'channel_not_found',
      'message_not_found',
      'no_item_specified',
      'not_in_channel',
    ],
    undocumented: ['is_archived'],
  }),
  'pins.list': method({
    http: 'GET',
    tier: 't2',
    scopes: ['pins:read'],
    required: ['channel'],
    args: { channel: 'string' },
    errors: ['channel_not_found'],
    undocumented: ['not_in_channel'],
  }),
  'usergroups.list': method({
    http: 'GET',
    tier: 't2',
    scopes: ['usergroups:read'],
    args: { include_count: 'boolean', include_disabled: 'boolean', include_users: 'boolean' },
  }),
  'usergroups.users.list': method({
    http: 'GET',
    tier: 't2',
    scopes: ['usergroups:read'],
    required: ['usergroup'],
    args: { include_disabled: 'boolean', usergroup: 'string' },
    errors: ['no_such_subteam'],
  }),
  'users.info': method({
    http: 'GET',
    tier: 't4',
    scopes: ['users:read'],
    required: ['user'],
    args: { user: 'string' },
    notPlayed: ['include_locale'],
    errors: ['user_not_found'],
  }),
  'users.list': method({
    http: 'GET',
    tier: 't2',
    scopes: ['users:read'],
    args: { ...PAGE },
    notPlayed: ['include_locale'],
    errors: ['invalid_cursor'],
    undocumented: ['invalid_limit'],
  }),
  'views.open': method({
    http: 'POST',
    tier: 't4',
    required: ['view'],
    args: { trigger_id: 'string', view: 'json' },
    notPlayed: ['interactivity_pointer'],
    errors: [
      'duplicate_external_id',
      'exchanged_trigger_id',
      'expired_trigger_id',
      'invalid_trigger_id',
      'view_too_large',
    ],
  }),
  'views.push': method({
    http: 'POST',
    tier: 't4',
    required: ['view'],
    args: { trigger_id: 'string', view: 'json' },
    notPlayed: ['interactivity_pointer'],
    errors: [
      'duplicate_external_id',
      'exchanged_trigger_id',
      'expired_trigger_id',
      'invalid_trigger_id',
      'not_found',
      'push_limit_reached',
      'view_too_large',
    ],
  }),
  'views.update': method({
    http: 'POST',
    tier: 't4',
    required: ['view'],
    args: { external_id: 'string', hash: 'string', view: 'json', view_id: 'string' },
    errors: ['duplicate_external_id', 'hash_conflict', 'not_found', 'view_too_large'],
  }),
}
