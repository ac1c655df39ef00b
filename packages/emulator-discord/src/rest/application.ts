import { applicationFlags } from '../application-flags.ts'
import type { Handler } from './call.ts'
import { done } from './call.ts'
import { presentUser } from './present.ts'

/** https://docs.discord.com/developers/resources/application#get-current-application */
export const getApplication: Handler = ({ guild }) =>
  done({
    id: guild.application.id,
    name: guild.application.name,
    icon: null,
    description: '',
    type: null,
    summary: '',
    bot: presentUser(guild.bot),
    bot_public: false,
    bot_require_code_grant: false,
    verify_key: '0'.repeat(64),
    flags: applicationFlags(guild),
    flags_new: String(applicationFlags(guild)),
    approximate_user_install_count: 0,
    approximate_user_authorization_count: 0,
    eligible_oauth2_scopes: [],
    owner: presentUser(guild.bot),
    team: null,
    tags: [],
    hook: true,
    integration_types_config: { '0': {} },
    approximate_guild_count: guild.isInstalled ? 1 : 0,
    redirect_uris: [],
    interactions_endpoint_url: null,
    role_connections_verification_url: null,
    explicit_content_filter: 0,
    max_participants: 0,
  })

/** https://docs.discord.com/developers/resources/user#get-current-user */
export const me: Handler = ({ guild }) =>
  done({
    ...presentUser(guild.bot),
    // A bot has no two-factor authentication. The field says whether the account that owns the application has it.
    mfa_enabled: guild.ownerHasTwoFactor,
    verified: true,
    locale: 'en-US',
    premium_type: 0,
    email: null,
  })

/** https://docs.discord.com/developers/events/gateway#get-gateway */
export const gateway: Handler = ({ gateway: { url } }) => done({ url })

/** …/events/gateway#get-gateway-bot */
export const gatewayBot: Handler = ({ gateway: { url } }) =>
  done({
    url,
    shards: 1,
    session_start_limit: { total: 1000, remaining: 999, reset_after: 14_400_000, max_concurrency: 1 },
  })
