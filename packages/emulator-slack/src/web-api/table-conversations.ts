import { method } from './method.ts'
import type { Method } from './method.ts'

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
const PAGE = { cursor: 'string', limit: 'integer' } as const

/** The methods of conversations; see `METHODS`. */
export const CONVERSATIONS: Readonly<Record<string, Method>> = {
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
    unsupported: ['include_locale'],
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
  'conversations.kick': method({
    http: 'POST',
    tier: 't3',
    scopes: ['groups:write', 'channels:manage'],
    required: ['channel'],
    args: { channel: 'string', user: 'string' },
    errors: [
      'cant_kick_from_general',
      'cant_kick_self',
      'channel_not_found',
      'method_not_supported_for_channel_type',
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
  'conversations.replies': method({
    http: 'GET',
    tier: 't3',
    scopes: HISTORY,
    required: ['channel', 'ts'],
    args: {
      channel: 'string',
      ...PAGE,
      include_all_metadata: 'boolean',
      ts: 'string',
    },
    unsupported: ['inclusive', 'latest', 'oldest'],
    errors: ['channel_not_found', 'invalid_cursor', 'thread_not_found'],
    undocumented: ['invalid_limit', 'not_in_channel'],
  }),
  'conversations.setTopic': method({
    http: 'POST',
    tier: 't2',
    scopes: TOPIC,
    required: ['channel', 'topic'],
    args: { channel: 'string', topic: 'string' },
    errors: ['channel_not_found', 'is_archived', 'method_not_supported_for_channel_type', 'not_in_channel', 'too_long'],
  }),
}
