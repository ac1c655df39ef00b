import type { DiscordConfig } from '../config.ts'
import type { Problem } from '../problems/problem.ts'
import { Secret } from '../secrets/secret.ts'
import { apiUrlProblems } from './api-url.ts'
import type { Variables } from './variables.ts'

/** The address of Discord's API without the version, which the library adds. */
export const DISCORD_API_URL = 'https://discord.com/api'

/** https://docs.discord.com/developers/reference#snowflakes */
const SNOWFLAKE = /^\d{17,20}$/
/** A token has three parts separated by dots. The first part is the bot's own id in base64. */
const TOKEN = /^[\w-]{18,}\.[\w-]{5,}\.[\w-]{20,}$/

const TOKEN_AT = 'discord.com/developers/applications → your app → Bot → Reset Token'
const GUILD_AT = 'In Discord: Settings → Advanced → Developer Mode, then right-click the server → Copy Server ID'

export type DiscordReading = { readonly discord?: DiscordConfig; readonly problems: readonly Problem[] }

type PlatformUse = {
  /** The reason why Discord is needed, for a problem's text. */
  readonly wanted: string | undefined
  /** Whether this process connects to Discord. If it does not, missing or wrong values are no problem. */
  readonly connects: boolean
}

/** Reads the token and the server; both must be set, or neither. A problem never repeats the token. */
export function discordOf(variables: Variables, { wanted, connects }: PlatformUse): DiscordReading {
  const token = variables.get('EMBARGO_DISCORD_TOKEN')
  const guild = variables.get('EMBARGO_DISCORD_GUILD')
  const apiUrl = variables.get('EMBARGO_DISCORD_API_URL') ?? DISCORD_API_URL
  const any = token !== undefined || guild !== undefined
  const reason = any ? 'Discord needs a token and a server, and only the other one is set' : wanted
  const elsewhere = apiUrl !== DISCORD_API_URL
  const wrong =
    reason === undefined ? [] : [...tokenProblems(token, reason, elsewhere), ...guildProblems(guild, reason)]
  const address = apiUrlProblems({ name: 'EMBARGO_DISCORD_API_URL', written: apiUrl, usual: DISCORD_API_URL })
  const problems = [...(connects ? wrong : []), ...address]
  if (wrong.length > 0 || problems.length > 0 || token === undefined || guild === undefined) return { problems }
  return { discord: { token: new Secret(bare(token)), guild, apiUrl: apiUrl.replace(/\/+$/, '') }, problems }
}

/** People often copy the token with this prefix, from an example of the HTTP header. */
const bare = (token: string): string => token.replace(/^Bot\s+/, '')

/** Checks the form of the token. A token for another API address is not checked, because it may look different. */
function tokenProblems(token: string | undefined, reason: string, elsewhere: boolean): readonly Problem[] {
  const at = { is: 'variable', name: 'EMBARGO_DISCORD_TOKEN' } as const
  if (token === undefined)
    return [{ at, because: `The bot token is missing: ${reason}.`, instead: `Get it at ${TOKEN_AT}.` }]
  if (elsewhere || TOKEN.test(bare(token))) return []
  const because = SNOWFLAKE.test(token)
    ? 'This is an id, not a token.'
    : 'A bot token has three parts, separated by dots. (It is not shown here.)'
  return [
    { at, because, instead: `Get the bot token at ${TOKEN_AT}; it is neither the public key nor the client secret.` },
  ]
}

function guildProblems(guild: string | undefined, reason: string): readonly Problem[] {
  const at = { is: 'variable', name: 'EMBARGO_DISCORD_GUILD' } as const
  if (guild === undefined) return [{ at, because: `The server’s id is missing: ${reason}.`, instead: `${GUILD_AT}.` }]
  if (SNOWFLAKE.test(guild)) return []
  // The wrong value is not repeated, because somebody may have put the token here.
  return [{ at, because: 'A server’s id has 17 to 20 digits.', instead: `${GUILD_AT}.` }]
}
